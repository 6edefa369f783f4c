"""The scheduling gap: known answers, and an independent reading of the rule."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_spectra import UnknownRegime, controls, gaps, regimes

LETTER = date(2024, 9, 12)
NOVEMBER = date(2026, 11, 1)


def names(regime: str, at: date) -> set[str]:
    return {gap.substance for gap in gaps(regime, at)}


def test_china_lacked_exactly_the_two_piperidones_on_the_day_of_the_letter() -> None:
    found = gaps("CN", LETTER)
    assert [gap.substance for gap in found] == ["1-boc-4-piperidone", "4-piperidone"]
    for gap in found:
        assert (gap.regime, gap.decided, gap.un_in_force) == ("CN", "2024-03-19", "2024-12-03")
        assert (gap.un_list, gap.un_state, gap.state, gap.since) == (
            "Table I",
            "decided",
            "not_listed",
            "2025-07-20",
        )


def test_china_lacks_none_in_november_2026() -> None:
    assert gaps("CN", NOVEMBER) == ()


def test_the_united_states_lack_the_seven_non_methyl_pmk_esters() -> None:
    esters = ("ethyl", "propyl", "isopropyl", "butyl", "isobutyl", "sec-butyl", "tert-butyl")
    assert names("US-DEA", NOVEMBER) == {f"pmk-{ester}-glycidate" for ester in esters}
    assert len(gaps("US-DEA", LETTER)) == 16


def test_the_european_union_lacked_the_piperidones_and_closed_the_gap() -> None:
    assert names("EU", LETTER) == {"4-piperidone", "1-boc-4-piperidone"}
    assert names("EU", date(2025, 8, 13)) == {"4-piperidone", "1-boc-4-piperidone"}
    assert names("EU", date(2025, 8, 14)) == set()


def test_the_united_nations_gap_is_what_is_decided_and_not_yet_in_force() -> None:
    assert len(gaps("UN88", LETTER)) == 18
    assert gaps("UN88", NOVEMBER) == ()


def test_a_regime_that_was_not_searched_through_says_unknown() -> None:
    missing = {gap.substance: gap.state for gap in gaps("MX", NOVEMBER)}
    assert missing["4-piperidone"] == "unknown"
    assert not {"npp", "anpp", "4-ap"} & set(missing)


def test_an_unknown_regime_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownRegime, match="UN88, US-DEA"):
        gaps("XX", NOVEMBER)


def last_day_of(stated: str) -> str:
    return f"{stated}-12-31" if len(stated) == 4 else stated


def by_plain_reading(regime: str, at: date) -> set[str]:
    """The rule once more, on ISO strings, which sort as their dates do."""
    day = at.isoformat()
    decided, covered = set(), set()
    for row in controls():
        over = bool(row.end) and row.end < day
        if row.regime == "UN88" and not over and last_day_of(row.decided or row.effective) <= day:
            decided.add(row.substance)
        if row.regime == regime and not over and last_day_of(row.effective) <= day:
            covered.add(row.substance)
    return decided - covered


@given(st.sampled_from(regimes()), st.dates(date(1988, 1, 1), date(2030, 1, 1)))
def test_gap_agrees_with_a_plain_reading_of_the_rule(regime: str, at: date) -> None:
    assert names(regime, at) == by_plain_reading(regime, at)
