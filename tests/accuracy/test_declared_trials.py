"""Floors for declared goods on real spectra; `python -m tests.accuracy.declared_trials DATA` prints all trials."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from quayscan.match import judge
from quayscan.match.declared import shipped_trials
from quayscan.match.identity import group_of
from quayscan.verdict import DeclaredAnswer

from . import declared_trials, spectra

pytestmark = pytest.mark.needs_shared_data

EVERY = 12
"""Of the false declarations of a file, so many are left out for one that is tried here."""


@pytest.fixture(scope="module")
def tried(shared_data: Path) -> tuple[declared_trials.Declaration, ...]:
    library = spectra.library_785(shared_data)
    judged = declared_trials.single_verdict
    return tuple(declared_trials.tried(shared_data, library, declared_trials.SCORED, every=EVERY, judged=judged))


def test_no_more_than_one_true_declaration_at_785_nm_is_refused(tried: tuple[declared_trials.Declaration, ...]) -> None:
    true = [one for one in tried if one.true]
    assert len(true) == 61
    assert [one for one in true if one.answer is not DeclaredAnswer.CONSISTENT][1:] == []


def test_no_false_declaration_is_accepted_and_each_is_contradicted_by_a_band(
    tried: tuple[declared_trials.Declaration, ...],
) -> None:
    false = [one for one in tried if not one.true]
    assert len(false) >= 300
    assert [one for one in false if one.answer is DeclaredAnswer.CONSISTENT] == []
    assert [one for one in false if one.answer is DeclaredAnswer.NOT_CONSISTENT and not one.bands] == []


def test_the_scores_that_ship_are_those_of_these_spectra(shared_data: Path) -> None:
    library = spectra.library_785(shared_data)
    shipped = [row for row in shipped_trials() if row["truth"] == "yes"]
    adequate = [one for one in spectra.trials(shared_data) if one.substance and spectra.holds(library, one.substance)]
    found = {(row["instrument"], row["label"]) for row in shipped}
    for trial in adequate[::7]:
        own = [row for row, one in enumerate(library.references) if one.substance in group_of(trial.substance)]
        score = judge(trial.features, library, own)[0].score
        if (trial.instrument, trial.label) in found:
            same = [
                float(row["score"])
                for row in shipped
                if (row["instrument"], row["label"]) == (trial.instrument, trial.label)
            ]
            assert np.min(np.abs(np.array(same) - score)) < 1e-5
