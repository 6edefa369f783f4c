"""Substances by id, name, synonym and CAS number, and the traps among them."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_spectra import (
    AmbiguousName,
    UnknownSubstance,
    identity_group,
    identity_groups,
    library_names,
    name_key,
    resolve,
    substance,
    substances,
)
from quayscan_spectra.build.catalogue import LIBRARY_FILES


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Acetone", "acetone"),
        ("propan-2-one", "acetone"),
        ("67-64-1", "acetone"),
        ("MEK", "methyl-ethyl-ketone"),
        ("2-Butanone", "methyl-ethyl-ketone"),
        ("Isopropanol", "isopropanol"),
        ("2-Propanol", "isopropanol"),
        ("potassium dihydrogen phosphate", "potassium-dihydrogen-phosphate"),
        ("KH2PO4", "potassium-dihydrogen-phosphate"),
        ("metamizol Mg", "metamizole"),
        ("diethylamine", "diethylamine"),
        ("Acetaminophen", "paracetamol"),
        ("MineralOil", "mineral-oil"),
        ("BMSB", "bmsb"),
    ],
)
def test_names_on_files_lead_to_their_substance(name: str, identifier: str) -> None:
    assert resolve(name) == identifier


@pytest.mark.parametrize("name", sorted(LIBRARY_FILES))
def test_file_names_of_the_measured_library_resolve(name: str) -> None:
    assert resolve(name) in identity_group(LIBRARY_FILES[name])


@given(st.sampled_from(substances()), st.sampled_from(["", " ", "-", "_"]))
def test_case_spaces_and_hyphens_make_no_difference(one: object, gap: str) -> None:
    name = substance(one.id).name  # type: ignore[attr-defined]  # hypothesis draws plain objects
    assert name_key(name.upper().replace(" ", gap).replace("-", gap)) == name_key(name)


def test_unknown_name_offers_near_matches() -> None:
    with pytest.raises(UnknownSubstance, match="did you mean acetone") as caught:
        substance("acetonne")
    assert "acetone" in caught.value.near


def test_name_of_several_substances_is_refused_with_their_ids() -> None:
    with pytest.raises(AmbiguousName, match="chloroephedrine-1r2s"):
        resolve("N-methyl-1-phenyl-1-chloro-2-propylamine")


def test_cas_number_shared_by_the_phosphorus_allotropes_is_ambiguous() -> None:
    with pytest.raises(AmbiguousName) as caught:
        resolve("7723-14-0")
    assert set(caught.value.near) == {"red-phosphorus", "white-phosphorus"}


def test_acetoacetanilide_is_the_benign_isomer_and_not_apaa() -> None:
    assert resolve("acetoacetanilide") == "acetoacetanilide"
    assert substance("102-01-2").kind == "benign"
    assert substance("APAA").cas == "4433-77-6"


def test_wrong_cas_numbers_in_circulation_are_not_taken() -> None:
    assert substance("norfentanyl").cas == "1609-66-1"
    assert resolve("16648-44-5") == "mapa"
    assert resolve("288573-56-8") == "1-boc-4-fluoro-4-ap"
    assert "4-aminopyridine" in substance("4-AP").note


def test_hydrates_of_4_piperidone_are_pointed_out() -> None:
    assert "40064-34-4" in substance("4-piperidone").note


def check_digit_is_right(cas: str) -> bool:
    digits = cas.replace("-", "")
    return sum(i * int(d) for i, d in enumerate(reversed(digits[:-1]), 1)) % 10 == int(digits[-1])


def test_every_cas_number_passes_its_check_digit() -> None:
    stated = [one.cas for one in substances() if one.cas]
    wrong = [
        number
        for cas in stated
        for number in re.findall(r"\d+-\d\d-\d", cas) or [cas]
        if not check_digit_is_right(number)
    ]
    assert wrong == []
    assert len(stated) > 200


def test_every_row_has_id_name_source_and_licence() -> None:
    identifiers = [one.id for one in substances()]
    assert len(identifiers) == len(set(identifiers))
    assert [one.id for one in substances() if not (one.name and one.source and one.licence)] == []
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9,\-]*", identifier) for identifier in identifiers)


def test_library_names_hold_only_unambiguous_names() -> None:
    names = library_names()
    assert names[name_key("Methyl Ethyl Ketone")] == "methyl-ethyl-ketone"
    assert "7723140" not in names


@pytest.mark.needs_shared_data
def test_every_file_of_raw_785x_resolves(shared_data: Path) -> None:
    for path in (shared_data / "spectra" / "raw-785x").glob("*.csv"):
        assert resolve(path.stem)


def test_groups_are_disjoint_known_and_say_why() -> None:
    members = [member for group in identity_groups() for member in group.members]
    assert len(members) == len(set(members))
    for group in identity_groups():
        assert len(group.members) >= 2
        assert group.reason
        assert group.source
        assert all(substance(member).id == member for member in group.members)


def test_group_of_a_hydrate_holds_its_family_and_a_loner_only_itself() -> None:
    assert identity_group("citric-acid") == {
        "citric-acid",
        "citric-acid-anhydrate",
        "citric-acid-monohydrate",
    }
    assert identity_group("coconate-ester") == identity_group("coconut-oil")
    assert identity_group("acetone") == {"acetone"}


def test_group_of_an_unknown_substance_is_refused() -> None:
    with pytest.raises(UnknownSubstance):
        identity_group("unobtainium")
