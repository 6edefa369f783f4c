"""Floors of the open set: what is named, what is not, and that the stated rate is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from quayscan.library import default_library
from quayscan.verdict import VerdictKind

from . import open_set, spectra

pytestmark = pytest.mark.needs_shared_data


@pytest.fixture(scope="module")
def those(shared_data: Path) -> tuple[open_set.Outcome, ...]:
    return open_set.outcomes(shared_data, spectra.library_785(shared_data))


@pytest.fixture(scope="module")
def shipped(shared_data: Path) -> tuple[open_set.Outcome, ...]:
    return open_set.outcomes(shared_data, default_library())


def test_the_right_substance_is_first_wherever_the_data_is_adequate(those: tuple[open_set.Outcome, ...]) -> None:
    on = [one for one in those if one.truth]
    refused = [one.trial for one in on if not one.adequate]
    assert len(on) == 126
    assert len(refused) <= 3
    assert {one.laser for one in refused} <= {"633nm", "532nm"}
    assert [(one.trial.instrument, one.trial.label) for one in on if one.adequate and not one.right_first] == []


def test_at_least_76_of_77_are_named_at_785_and_830_nm(those: tuple[open_set.Outcome, ...]) -> None:
    on = [one for one in those if one.truth and one.trial.laser in open_set.NEAR_INFRARED]
    assert len(on) == 77
    assert sum(open_set.named_rightly(one) for one in on) >= 76


def test_at_most_one_percent_of_the_false_trials_are_named(those: tuple[open_set.Outcome, ...]) -> None:
    false = [one for one in those if not one.truth]
    assert len(false) >= 170
    assert len(open_set.false_names(those)) <= 0.01 * len(false)


@pytest.mark.parametrize("rate", open_set.RATES)
def test_the_rate_is_kept_on_every_instrument_left_out(those: tuple[open_set.Outcome, ...], rate: float) -> None:
    for instrument in sorted({one.trial.instrument for one in those}):
        mine = [one for one in those if one.trial.instrument == instrument and not one.truth and one.adequate]
        _, (low, high) = open_set.significant(mine, rate)
        assert low <= rate <= high, instrument


def test_pairs_that_share_their_strongest_line_are_never_confused(those: tuple[open_set.Outcome, ...]) -> None:
    alike = (
        {"benzene", "sodium-sulfate"},
        {"acetonitrile", "thf", "potassium-dihydrogen-phosphate"},
        {"cyclohexane", "cyclohexanol"},
    )
    for one in those:
        for pair in alike:
            if one.trial.laser == "785nm" and one.truth & pair:
                found = open_set.named(one)
                assert not (found & pair) - one.truth, one.trial.label


def test_a_mixture_is_no_match(those: tuple[open_set.Outcome, ...]) -> None:
    mixed = [one for one in those if one.trial.label == "AcetonitrileToluene"]
    assert len(mixed) >= 4
    for one in mixed:
        if one.trial.laser in open_set.NEAR_INFRARED:
            assert open_set.kind_of(one) is not VerdictKind.MATCH, one.trial.instrument


def test_the_shipped_library_is_right_first_and_names_most(shipped: tuple[open_set.Outcome, ...]) -> None:
    on = [one for one in shipped if one.truth and one.trial.laser in open_set.NEAR_INFRARED]
    assert len(on) >= 77
    assert sum(one.right_first for one in on) >= 0.95 * len(on)
    assert sum(open_set.named_rightly(one) for one in on) >= 0.80 * len(on)
    assert len(open_set.false_names(shipped)) <= 0.01 * sum(not one.truth for one in shipped)


def test_the_table_that_ships_is_what_these_spectra_give(those: tuple[open_set.Outcome, ...]) -> None:
    rows = {(row["instrument"], row["label"], row["left_out"], row["score"]) for row in open_set.table()}
    for one in those:
        if not one.truth and one.adequate:
            held = {row[2] for row in rows if row[:2] == (one.trial.instrument, one.trial.label)}
            found = {(one.trial.instrument, one.trial.label, out, f"{one.score:.6f}") for out in held}
            assert found & rows, one.trial.label
