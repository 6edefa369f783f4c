"""Structures and the rules that match them. These tests need rdkit (extra `compute`)."""

from datetime import date

import pytest

pytest.importorskip("rdkit")

from quayscan_spectra import BadStructure, ChemistryMissing, class_members, look_up, statuses_of, structures, substances
from quayscan_spectra.class_match import class_rows
from quayscan_spectra.control_rows import shipped_table
from quayscan_spectra.structure_rules import structure_rules
from quayscan_spectra.structures import matches, structure

TODAY = date(2026, 11, 25)

PATTERNS = {rule.rule: rule.smarts for rule in structure_rules() if rule.kind == "pattern"}


@pytest.mark.parametrize(
    ("rule", "inside", "outside"),
    [
        ("us-phenylacetic-esters", "CCCCCCOC(=O)Cc1ccccc1", "CC(=O)OCCc1ccccc1"),  # phenethyl acetate is none
        ("us-phenylacetic-esters", "COC(=O)Cc1ccccc1", "O=C(Cc1ccccc1)OC(=O)Cc1ccccc1"),  # nor the anhydride
        ("us-anthranilic-esters", "CC(C)OC(=O)c1ccccc1N", "COC(=O)c1ccccc1NC"),  # N-methylanthranilate is another
        ("us-anthranilic-esters", "CCOC(=O)c1ccccc1N", "CCOC(=O)c1ccc(N)cc1"),  # benzocaine
        ("us-n-acetylanthranilic-esters", "CCOC(=O)c1ccccc1NC(C)=O", "CC(=O)Nc1ccccc1C(=O)O"),
        ("us-4-ap-halides", "C1CNCCC1Nc1ccc(Cl)cc1", "C1CNCCC1Nc1ccccc1"),
        ("us-4-ap-halides", "CC(=O)N1CCC(CC1)Nc1ccccc1Br", "C1CNCCC1Nc1ccc(C)cc1"),
        ("us-4-ap-amides-carbamates", "CC(=O)N1CCC(CC1)Nc1ccccc1", "C1CN(CCc2ccccc2)CCC1Nc1ccccc1"),
        ("us-4-piperidone-acetals-amides-carbamates", "COC(=O)N1CCC(=O)CC1", "CN1CCC(=O)CC1"),
        ("us-4-piperidone-acetals-amides-carbamates", "COC1(OC)CCNCC1", "O=C1CCCCC1"),
        ("us-bmk-glycidates", "CCCCCOC(=O)C1(C)OC1c1ccccc1", "CCOC(=O)C1OC1c1ccccc1"),
        ("us-pmk-other-esters", "CCCCCOC(=O)C1(C)OC1c1ccc2OCOc2c1", "COC(=O)C1(C)OC1c1ccc2OCOc2c1"),
        ("cn-phenylacetoacetates", "CCCOC(=O)C(C(C)=O)c1ccccc1", "CCOC(=O)CC(C)=O"),
    ],
)
def test_a_pattern_takes_its_members_and_leaves_the_neighbours(rule: str, inside: str, outside: str) -> None:
    assert matches(structure(inside), PATTERNS[rule])
    assert not matches(structure(outside), PATTERNS[rule])


def test_the_examples_that_lists_name_fit_the_patterns_of_their_class() -> None:
    by_id = {one.id: one.smiles for one in substances()}
    for identifier in ("4-ap-4-fluoro", "1-boc-4-fluoro-4-ap", "1-boc-4-bromo-4-ap"):
        assert matches(structure(by_id[identifier]), PATTERNS["us-4-ap-halides"])
    assert matches(structure(by_id["1-boc-4-ap"]), PATTERNS["us-4-ap-amides-carbamates"])
    assert matches(structure(by_id["1-boc-4-piperidone"]), PATTERNS["us-4-piperidone-acetals-amides-carbamates"])
    assert matches(structure(by_id["eapa"]), PATTERNS["cn-phenylacetoacetates"])
    for ester in ("methyl", "ethyl", "tert-butyl"):
        assert matches(structure(by_id[f"bmk-{ester}-glycidate"]), PATTERNS["us-bmk-glycidates"])


def test_counter_ions_and_water_come_off_and_charges_go() -> None:
    salt, acid = structure("[Na+].[O-]C(=O)Cc1ccccc1"), structure("OC(=O)Cc1ccccc1")
    assert salt.parts == acid.parts
    assert (salt.is_salt, acid.is_salt) == (True, False)
    assert not structure("O.O=C1CCNCC1").is_salt


def test_the_hydrate_of_a_ketone_is_the_ketone_however_it_is_drawn() -> None:
    ketone = structure("O=C1CCNCC1")
    for drawn in ("OC1(O)CCNCC1", "Cl.OC1(O)CCNCC1", "O.Cl.O=C1CCNCC1"):
        assert structure(drawn).parts == ketone.parts
    assert look_up("OC1(O)CCNCC1")[0].substance == "4-piperidone"
    (found,) = look_up("Cl.OC1(O)CCNCC1")
    assert {one.state for one in statuses_of(found, TODAY) if one.regime in ("UN88", "US-DEA", "EU")} == {"in_force"}


def test_mirror_images_are_one_and_diastereomers_are_not() -> None:
    ephedrine = structure("C[C@H](NC)[C@H](O)c1ccccc1")
    mirror = structure("C[C@@H](NC)[C@@H](O)c1ccccc1")
    pseudo = structure("C[C@H](NC)[C@@H](O)c1ccccc1")
    assert ephedrine.parts == mirror.parts
    assert not ephedrine.parts & pseudo.parts
    assert ephedrine.skeleton == pseudo.skeleton


def test_inchikeys_of_members_are_those_of_their_structures() -> None:
    assert {m.id: m.inchikey for m in class_members()} == {m.id: structure(m.smiles).inchikey for m in class_members()}


def test_a_structure_that_no_table_knows_is_answered_by_its_class() -> None:
    (found,) = look_up("CCCCCCOC(=O)Cc1ccccc1")
    assert (found.substance, found.found_by) == ("", "smiles")
    states = {one.regime: (one.state, one.rule) for one in statuses_of(found, TODAY)}
    assert states["US-DEA"] == ("in_force", "us-phenylacetic-esters")
    assert states["EU"] == ("not_listed", "")


def test_a_structure_that_a_table_knows_is_that_substance() -> None:
    (found,) = look_up("O=C(C)OC(C)=O")
    assert found.substance == "acetic-anhydride"
    (member,) = look_up("Nc1ccccc1C(=O)OC")
    assert member.substance == "methyl-anthranilate"


def test_a_salt_of_a_listed_substance_without_a_rule_is_unknown() -> None:
    rows = class_rows("", structure("Cl.CCC(=O)N(c1ccccc1)C1CCNCC1"), shipped_table())
    states = {row.regime: row for row in rows}
    assert states["UN88"].list == "Table I"
    assert states["US-DEA"].list == ""
    assert "not established" in states["US-DEA"].note


@pytest.mark.parametrize("text", ["C1CC", "c1ccccc", "C(C", "[Xx]"])
def test_a_structure_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(BadStructure, match="SMILES"):
        look_up(text)


def test_without_rdkit_a_structure_is_answered_with_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(structures, "import_module", missing)
    with pytest.raises(ChemistryMissing, match="compute"):
        look_up("CCCCCCCCOC(=O)Cc1ccccc1")
    assert look_up("134-20-3")[0].substance == "methyl-anthranilate"
