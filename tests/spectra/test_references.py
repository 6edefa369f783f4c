"""The default library: what it holds, where it comes from, and that it recognises other instruments' spectra."""

from collections import Counter

import numpy as np
import pytest

from quayscan_spectra import references, substance, synthesise
from quayscan_spectra.table_rows import table_rows


def test_at_least_65_substances_have_three_or_more_bands() -> None:
    rich = [one for one in references() if len(one.shift_cm1) >= 3]
    assert len(rich) >= 65
    assert len(rich) == len(references())


def test_each_substance_has_one_reference_and_a_row_in_the_substance_table() -> None:
    counts = Counter(one.substance for one in references())
    assert set(counts.values()) == {1}
    assert all(substance(identifier).id == identifier for identifier in counts)


@pytest.mark.parametrize("column", ["source", "licence", "instrument", "laser_nm", "retrieved", "phase"])
def test_no_band_lacks_its_provenance(column: str) -> None:
    assert [row for row in table_rows("bands") if not row[column].strip()] == []


def test_laser_is_a_number_or_not_stated() -> None:
    lasers = {row["laser_nm"] for row in table_rows("bands")}
    assert all(laser == "not stated" or 200.0 < float(laser) < 1100.0 for laser in lasers)


def test_only_measured_and_published_bands_ship() -> None:
    assert {row["grade"] for row in table_rows("bands")} == {"measured", "published"}
    words = " ".join(row["source"] + row["licence"] + row["note"] for row in table_rows("bands")).lower()
    assert "memory" not in words
    assert "recall" not in words
    assert "do not ship" not in words


def test_published_bands_say_that_their_width_is_assumed() -> None:
    published = [row for row in table_rows("bands") if row["grade"] == "published"]
    assert published
    assert all("width not stated" in row["note"] for row in published)


@pytest.mark.parametrize("absent", ["ammonium-nitrate", "sodium-perchlorate", "alanine"])
def test_goods_meant_to_be_unknown_are_not_in_the_library(absent: str) -> None:
    assert absent not in {one.substance for one in references()}


def test_band_numbers_are_physical_ordered_and_scaled_to_100() -> None:
    for one in references():
        assert np.all(np.diff(one.shift_cm1) >= 0)
        assert np.all((one.shift_cm1 > 0) & (one.shift_cm1 < 4000))
        assert np.all((one.fwhm_cm1 > 0) & (one.fwhm_cm1 <= 80))
        assert np.all((one.eta >= 0) & (one.eta <= 1))
        assert np.all(one.height > 0)
        inside = (one.shift_cm1 >= 400) & (one.shift_cm1 <= 1800)
        assert one.height[inside].max() == pytest.approx(100.0)


def test_arrays_of_a_reference_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="read-only"):
        references()[0].height[0] = 1.0


def test_synthesis_is_the_plain_sum_of_lines() -> None:
    one = references()[0]
    axis = np.linspace(400.0, 1800.0, 50)
    slow = np.zeros(50)
    for c, w, e, h in zip(one.shift_cm1, one.fwhm_cm1, one.eta, one.height, strict=True):
        for i, x in enumerate(axis):
            u = (x - c) / w
            slow[i] += h * (e / (1 + 4 * u * u) + (1 - e) * np.exp(-4 * np.log(2) * u * u))
    np.testing.assert_allclose(synthesise(one, axis), slow, rtol=1e-12)


def test_benzene_and_sodium_sulfate_share_a_line_and_differ_in_the_weak_ones() -> None:
    drawn = {one.substance: one for one in references()}
    axis = np.arange(400.0, 1800.0)
    benzene, sulfate = (synthesise(drawn[name], axis) for name in ("benzene", "sodium-sulfate"))
    assert abs(axis[benzene.argmax()] - axis[sulfate.argmax()]) < 5.0
    ring = slice(1560 - 400, 1620 - 400)
    assert benzene[ring].max() > 2.0
    assert sulfate[ring].max() < 1.0
    assert sulfate[620 - 400 : 660 - 400].max() > 2.0
