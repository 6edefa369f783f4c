"""The dates of a substance, and what changed between two dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_spectra import UnknownRegime, UnknownSubstance, changes, controls, regimes, timeline
from quayscan_spectra.law import state_of

DATES = st.dates(date(1985, 1, 1), date(2030, 1, 1))


def in_force(name: str, regime: str, at: date) -> list[str]:
    return [row.list for row in timeline(name, at) if row.regime == regime and row.state == "in_force"]


def test_acetic_anhydride_is_in_table_ii_in_1995_and_in_table_i_later() -> None:
    assert in_force("acetic anhydride", "UN88", date(1995, 6, 1)) == ["Table II"]
    assert in_force("acetic anhydride", "UN88", date(2002, 6, 1)) == ["Table I"]
    rows = [row for row in timeline("108-24-7", date(1995, 6, 1)) if row.regime == "UN88"]
    assert [row.list for row in rows] == ["Table II", "Table I"]
    assert all(row.source for row in rows)
    assert not any(row.verified for row in rows)


def test_phenylacetic_acid_is_in_table_i_in_2012() -> None:
    assert in_force("phenylacetic-acid", "UN88", date(2012, 6, 1)) == ["Table I"]
    assert in_force("phenylacetic-acid", "UN88", date(2010, 6, 1)) == ["Table II"]


def test_every_regime_has_a_word_with_a_source() -> None:
    rows = timeline("caffeine", date(2026, 11, 25))
    assert [row.regime for row in rows] == list(regimes())
    assert all(row.source and row.note for row in rows)


def test_changes_tell_the_move_between_two_lists() -> None:
    found = changes(date(1995, 1, 1), date(2005, 1, 1), regime="UN88")
    moves = {(one.substance, one.list): (one.before, one.after) for one in found}
    assert moves["acetic-anhydride", "Table II"] == ("in_force", "ended")
    assert moves["acetic-anhydride", "Table I"] == ("not_listed", "in_force")
    assert all(one.source for one in found)


def test_the_eighteen_of_2024_are_what_changed_in_the_united_nations_tables() -> None:
    found = changes(date(2024, 9, 12), date(2024, 12, 3), regime="UN88")
    assert len(found) == 18
    assert {(one.before, one.after) for one in found} == {("decided", "in_force")}


@given(DATES, DATES)
def test_changes_are_exactly_the_rows_whose_state_differs(first: date, last: date) -> None:
    found = {(one.substance, one.regime, one.list, one.since) for one in changes(first, last)}
    plain = {
        (row.substance, row.regime, row.list, row.effective)
        for row in controls()
        if state_of(row, first) != state_of(row, last)
    }
    assert found == plain


def test_unknown_names_and_regimes_are_refused() -> None:
    with pytest.raises(UnknownSubstance):
        timeline("unobtainium", date(2026, 1, 1))
    with pytest.raises(UnknownRegime):
        changes(date(2024, 1, 1), date(2025, 1, 1), regime="XX")
