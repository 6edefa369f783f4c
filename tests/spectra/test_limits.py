"""What the sensors cannot do is an entry, and what the laser must not meet has a warning."""

import pytest

from quayscan_spectra import limits, limits_of, scan_warning, scan_warnings, substance


def test_every_limit_and_warning_names_a_known_substance_and_a_source() -> None:
    assert all(substance(one.substance).id == one.substance for one in limits())
    assert all(one.reason and one.source for one in limits())
    assert all(substance(one.substance).id == one.substance for one in scan_warnings() if one.substance)
    assert all(one.substance or one.names for one in scan_warnings())
    assert all(one.warning and one.source and one.hazard for one in scan_warnings())


def test_nothing_counts_as_verified_without_a_source_that_was_seen() -> None:
    assert [one for one in (*limits(), *scan_warnings()) if one.verified and "not verified" in one.source] == []
    assert any(one.verified for one in limits())


@pytest.mark.parametrize(
    "name",
    [
        "hydrochloric acid",
        "HI",
        "methylamine",
        "KMnO4",
        "iodine",
        "sodium-chloride",
        "7647-14-5",
    ],
)
def test_what_raman_cannot_do_has_a_reason(name: str) -> None:
    assert [one.sensor for one in limits_of(name)] == ["nir", "raman"]
    assert [one.sensor for one in limits_of(name, sensor="raman")] == ["raman"]


def test_an_ordinary_or_unknown_name_has_no_limit_and_no_warning() -> None:
    for name in ("acetone", "no such thing"):
        assert limits_of(name) == ()
        assert scan_warning(name) == ""


@pytest.mark.parametrize(
    "declared",
    ["potassium-permanganate", "KMnO4", "7722-64-7", "iodine", "Black Powder", "explosives", "activated carbon"],
)
def test_dark_and_energetic_goods_are_not_to_be_scanned(declared: str) -> None:
    assert scan_warning(declared).startswith("Do not scan")


def test_a_name_in_doubt_warns_for_all_that_it_may_be() -> None:
    told = scan_warning("7723-14-0")  # shared by the allotropes of phosphorus
    assert "under water" in told
    assert "flammable solid" in told
