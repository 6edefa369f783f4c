"""Barcodes on real spectra: families of goods stand in, since no spectrum of a controlled family's member is public."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from quayscan.match.barcode import barcode_score, barcode_states
from quayscan_spectra import barcodes
from quayscan_spectra.build.barcodes_table import derive, known_patterns

from . import barcode_trials, spectra

pytestmark = pytest.mark.needs_shared_data

NEAR_INFRARED = ("785nm", "830nm")

STAND_INS = {
    "one ring": ("toluene", "benzyl-alcohol", "polystyrene", "benzonitrile"),
    "sugars": ("sucrose", "d-glucose", "fructose"),
    "alcohols": ("1-butanol", "1-pentanol", "1-hexanol"),
}
"""Families of goods with real spectra on other instruments; the first and best example of each is measured there."""


@pytest.mark.parametrize("title", STAND_INS)
def test_real_members_left_out_are_found_and_at_most_one_in_a_hundred_others(shared_data: Path, title: str) -> None:
    members, left_out = STAND_INS[title], STAND_INS[title][0]
    known = known_patterns()
    one = derive(
        title,
        {name: known[name] for name in members if name != left_out},
        [each for name, each in known.items() if name not in members],
    )
    scores = {
        trial: barcode_score(trial.features, one)
        for trial in spectra.trials(shared_data)
        if trial.laser in NEAR_INFRARED and trial.substance
    }
    right = [score for trial, score in scores.items() if trial.substance == left_out]
    wrong = [score for trial, score in scores.items() if trial.substance not in members]
    assert len(right) >= 1
    assert len(wrong) >= 80
    limit = np.sort(wrong)[-2]
    assert np.mean(np.array(right) > limit) >= 0.7


def test_no_barcode_that_is_on_takes_more_than_one_in_a_hundred_real_spectra_for_a_member(shared_data: Path) -> None:
    real = barcode_trials.real_patterns(shared_data)
    assert len(real) >= 250
    by_hash = {one.sha256: one for one in barcodes()}
    for state in barcode_states():
        if state.on:
            alarms = sum(by_hash[state.sha256].score(each) > state.threshold for _, each in real)
            assert (alarms, len(real)) == (state.alarms, state.n)
            assert alarms <= 0.01 * len(real)
