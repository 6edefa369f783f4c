"""Controls by regime and date."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_spectra import UnknownSubstance, controls, controls_at, regimes, substance
from quayscan_spectra.control_rows import Control
from quayscan_spectra.law import ControlStatus, state_of
from quayscan_spectra.stated_date import counts_from
from quayscan_spectra.table_rows import table_rows

TODAY = date(2026, 11, 25)


def of(identifier: str, regime: str, at: date) -> list[ControlStatus]:
    return [status for status in controls_at(identifier, at) if status.regime == regime]


def test_all_342_entries_are_there_each_with_its_source_and_substance() -> None:
    assert len(controls()) == 342
    assert [row for row in controls() if not row.source.strip()] == []
    assert all(substance(row.substance).id == row.substance for row in controls())
    assert all(substance(row.substance).kind == "scheduled" for row in controls())


def test_regimes_are_those_seven() -> None:
    assert regimes() == ("UN88", "US-DEA", "EU", "CN", "CA", "IN", "MX")
    assert {row.regime for row in controls()} == set(regimes())


def test_every_list_says_what_it_asks_for_on_whose_word() -> None:
    known = {(row["regime"], row["list"]): row for row in table_rows("lists")}
    assert {(row.regime, row.list) for row in controls()} == set(known)
    assert all(row["asks_for"] and row["source"] and row["verified"] in ("yes", "no") for row in known.values())


def test_acetone_is_in_table_ii_since_the_convention_and_calls_for_no_alarm() -> None:
    (status,) = of("acetone", "UN88", TODAY)
    assert (status.list, status.state, status.since) == ("Table II", "in_force", "1990-11-11")
    assert "Everyday trade" in status.asks_for


def test_caffeine_is_controlled_nowhere_that_was_searched() -> None:
    states = {status.regime: status.state for status in controls_at("caffeine", TODAY)}
    assert states == {
        "UN88": "not_listed",
        "US-DEA": "not_listed",
        "EU": "not_listed",
        "CN": "not_listed",
        "CA": "unknown",
        "IN": "unknown",
        "MX": "unknown",
    }


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (date(2024, 3, 18), "not_listed"),
        (date(2024, 3, 19), "decided"),
        (date(2024, 12, 2), "decided"),
        (date(2024, 12, 3), "in_force"),
    ],
)
def test_4_piperidone_is_decided_before_it_is_in_force(at: date, state: str) -> None:
    (status,) = of("4-piperidone", "UN88", at)
    assert status.state == state
    assert (status.decided, status.since) == ("2024-03-19", "2024-12-03")


def test_a_moved_substance_is_on_one_list_at_a_time() -> None:
    for at in (date(2001, 12, 17), date(2001, 12, 18)):
        states = {status.list: status.state for status in of("acetic-anhydride", "UN88", at)}
        assert Counter(states.values())["in_force"] == 1
    assert states == {"Table I": "in_force", "Table II": "ended"}


def test_a_row_without_effective_date_is_listed_since_when_unknown() -> None:
    (status,) = of("acetic-anhydride", "CA", TODAY)
    assert (status.state, status.since) == ("in_force", "")


def test_a_lapsed_temporary_order_leaves_canada_unknown() -> None:
    (before,) = of("phenethyl-bromide", "CA", date(2026, 4, 13))
    (after,) = of("phenethyl-bromide", "CA", date(2026, 4, 14))
    assert (before.state, after.state, after.until) == ("in_force", "unknown", "2026-04-13")


def test_unverified_rows_say_so() -> None:
    assert not any(status.verified for status in of("acetone", "CA", TODAY))
    assert [status.verified for status in of("4-piperidone", "IN", TODAY)] == [True]


def test_a_year_counts_from_its_last_day() -> None:
    assert counts_from("1989") == date(1989, 12, 31)
    assert counts_from("2025-07-20") == date(2025, 7, 20)
    assert counts_from("") is None
    (before,) = of("piperidine", "US-DEA", date(1989, 12, 30))
    (on,) = of("piperidine", "US-DEA", date(1989, 12, 31))
    assert (before.state, on.state, on.since) == ("not_listed", "in_force", "1989")


@pytest.mark.parametrize("text", ["soon", "2024-13-01", "24"])
def test_a_date_that_does_not_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        counts_from(text)


def test_names_and_cas_numbers_work_and_unknown_substances_are_refused() -> None:
    assert controls_at("67-64-1", TODAY) == controls_at("Acetone", TODAY)
    with pytest.raises(UnknownSubstance):
        controls_at("unobtainium", TODAY)


@given(st.sampled_from(controls()), st.dates(date(1950, 1, 1), date(2040, 1, 1)))
def test_once_in_force_a_row_stays_so_until_its_last_day(row: Control, at: date) -> None:
    today, tomorrow = state_of(row, at), state_of(row, at + timedelta(days=1))
    order = ["not_listed", "decided", "in_force", "ended"]
    rank = {state: order.index(state) for state in order} | {"unknown": 3}
    assert rank[today] <= rank[tomorrow]


@given(st.sampled_from(controls()), st.dates(date(1950, 1, 1), date(2040, 1, 1)))
def test_every_regime_answers_for_every_substance_on_every_date(row: Control, at: date) -> None:
    assert {status.regime for status in controls_at(row.substance, at)} == set(regimes())
