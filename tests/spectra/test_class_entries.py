"""Class entries reach what no list names, each with the words and the source of its rule."""

from datetime import date

import pytest

from quayscan_spectra import (
    ControlTable,
    class_members,
    controls,
    controls_at,
    gaps,
    regimes,
    structure_rules,
    substance,
)
from quayscan_spectra.control_rows import UNSETTLED, shipped_table
from quayscan_spectra.law import ControlStatus
from quayscan_spectra.table_rows import table_rows

TODAY = date(2026, 11, 25)


def of(identifier: str, regime: str, at: date = TODAY) -> list[ControlStatus]:
    return [status for status in controls_at(identifier, at) if status.regime == regime]


def test_every_rule_and_member_names_its_source_and_words() -> None:
    assert all(rule.wording and rule.source for rule in structure_rules())
    assert all(member.source and member.name and member.smiles for member in class_members())
    assert all(rule.regime in regimes() for rule in structure_rules())


def test_every_rule_stands_on_a_list_that_is_known() -> None:
    known = {(row["regime"], row["list"]) for row in table_rows("lists")}
    assert {(rule.regime, rule.list) for rule in structure_rules() if rule.list} <= known


def test_an_ester_that_no_list_names_is_controlled_by_the_class_entry() -> None:
    (status,) = of("methyl anthranilate", "US-DEA")
    assert (status.list, status.state, status.rule) == ("List I", "in_force", "us-anthranilic-esters")
    assert "its esters" in status.note
    assert "1310.02" in status.source
    assert not status.verified
    assert [one.state for one in of("134-20-3", "EU")] == ["not_listed"]


@pytest.mark.parametrize("name", ["pmk-ethyl-glycidate", "PMK tert-butyl glycidate"])
def test_a_pmk_ester_in_the_united_states_has_no_rule_and_the_words_say_why(name: str) -> None:
    (status,) = of(name, "US-DEA")
    assert (status.state, status.list) == ("not_listed", "")
    assert status.note.startswith("no rule found")
    assert "3,4-MDP-2-P methyl glycidate (PMK glycidate), including its optical and geometric isomers" in status.note
    assert "86 FR 24703" in status.source


def test_the_methyl_ester_and_the_acid_are_named_and_stay_listed() -> None:
    for name in ("pmk-methyl-glycidate", "pmk-glycidic-acid"):
        (status,) = of(name, "US-DEA")
        assert (status.state, status.rule) == ("in_force", "")


def test_a_salt_has_the_dates_of_its_parent() -> None:
    before, after = date(2024, 12, 2), date(2024, 12, 3)
    assert [one.state for one in of("41979-39-9", "UN88", before)] == ["decided"]
    assert [one.state for one in of("41979-39-9", "UN88", after)] == ["in_force"]
    (status,) = of("4-piperidone-hydrochloride-monohydrate", "EU")
    assert (status.since, status.rule) == ("2025-08-14", "eu-category-1-salts")


def test_a_salt_of_a_listed_substance_is_never_called_unlisted_for_want_of_a_rule() -> None:
    (status,) = of("ephedrine-hydrochloride", "CA")
    assert (status.state, status.rule) == ("unknown", UNSETTLED)
    assert "not established" in status.note


def test_cathine_is_left_out_where_the_source_leaves_it_out() -> None:
    assert [one.state for one in of("norpseudoephedrine", "EU")] == ["not_listed"]


def test_salts_of_the_mineral_acids_are_controlled_nowhere() -> None:
    for name in ("sodium-chloride", "sodium-sulfate", "ammonium-chloride", "magnesium-sulfate"):
        assert not [one for one in controls_at(name, TODAY) if one.state in ("in_force", "decided")]


def test_one_permanganate_is_no_salt_of_the_other() -> None:
    assert [one.state for one in of("sodium-permanganate", "UN88")] == ["not_listed"]


def test_oils_are_reached_by_name_with_the_limit_that_decides() -> None:
    (status,) = of("sassafras-oil", "IN")
    assert (status.list, status.rule) == ("NDPS controlled substance (S.O. 834(E))", "in-safrole-oils")
    assert "4 %" in status.note


def test_no_benign_substance_is_controlled_by_a_class_entry() -> None:
    reached = {row.substance for row in shipped_table().classes if row.list}
    benign = {one for one in reached if one not in {m.id for m in class_members()} and substance(one).kind == "benign"}
    assert benign == set()


def test_a_row_that_names_the_substance_silences_the_class_entries_of_its_regime() -> None:
    named = {(row.substance, row.regime) for row in controls()}
    assert not {(row.substance, row.regime) for row in shipped_table().classes} & named


def test_class_entries_leave_the_gap_as_the_rows_have_it() -> None:
    bare = ControlTable(rows=controls())
    for regime in regimes():
        assert gaps(regime, TODAY) == gaps(regime, TODAY, table=bare)


def test_members_names_clash_with_no_substance() -> None:
    from quayscan_spectra import library_names, name_key

    for member in class_members():
        for name in (member.id, member.name, member.cas, *member.synonyms):
            assert name_key(name) not in library_names() or not name, name


def test_members_cas_numbers_pass_their_check_digit() -> None:
    for member in class_members():
        digits = [int(c) for c in member.cas if c.isdigit()]
        if digits:
            weights = range(1, len(digits))
            assert sum(w * d for w, d in zip(weights, digits[-2::-1], strict=True)) % 10 == digits[-1], member.id
