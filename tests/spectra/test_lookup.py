"""What a query stands for: CAS number, name, InChIKey, customs code."""

from datetime import date

import pytest

from quayscan_spectra import UnknownSubstance, cas_of, controls_at, look_up, statuses_of, substances

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("query", "identifier", "by"),
    [
        ("acetic-anhydride", "acetic-anhydride", "name"),
        ("Acetic Anhydride", "acetic-anhydride", "name"),
        ("108-24-7", "acetic-anhydride", "cas"),
        ("WFDIJRYMOXRFFG-UHFFFAOYSA-N", "acetic-anhydride", "inchikey"),
        ("2915.24", "acetic-anhydride", "hs"),
        ("2915240000", "acetic-anhydride", "hs"),
        ("methyl anthranilate", "methyl-anthranilate", "name"),
        ("VAMXMNNIEUEQDV-UHFFFAOYSA-N", "methyl-anthranilate", "inchikey"),
        ("41979-39-9", "4-piperidone-hydrochloride", "cas"),
    ],
)
def test_a_query_finds_its_substance(query: str, identifier: str, by: str) -> None:
    (found,) = look_up(query)
    assert (found.substance, found.found_by) == (identifier, by)
    assert statuses_of(found, TODAY) == controls_at(identifier, TODAY)


def test_a_customs_code_of_several_substances_finds_all() -> None:
    found = {one.substance for one in look_up("2933.39")}
    assert {"4-piperidone", "4-ap", "1-boc-4-piperidone"} <= found
    assert {one.id for one in substances() if one.hs6 == "293339"} <= found


def test_a_shared_cas_number_finds_all_that_share_it() -> None:
    assert {one.substance for one in look_up("7723-14-0")} == {"red-phosphorus", "white-phosphorus"}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("unobtainium", "no substance of the table"),
        ("999-99-9", "CAS number"),
        ("9999.99", "customs code"),
        ("AAAAAAAAAAAAAA-UHFFFAOYSA-N", "InChIKey"),
        ("no such thing", "no substance"),
    ],
)
def test_what_nothing_goes_by_is_refused_with_what_was_tried(query: str, message: str) -> None:
    with pytest.raises(UnknownSubstance, match=message):
        look_up(query)


def test_an_inchikey_of_another_stereoisomer_offers_its_skeleton() -> None:
    with pytest.raises(UnknownSubstance, match="same skeleton") as caught:
        look_up("KWGRBVOPPLSCSI-AAAAAAAAAA-N")
    assert "ephedrine" in caught.value.near


def test_members_have_a_cas_number_too() -> None:
    assert cas_of("methyl-anthranilate") == "134-20-3"
    assert cas_of("acetone") == "67-64-1"
