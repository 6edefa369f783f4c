"""A small part of the mixture and wall trials as floors; `make accuracy` runs them all."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from quayscan.verdict import VerdictKind

from . import spectra
from .mixture_trials import FRACTIONS, SEEDS, MixtureOutcome, judge, mixture_trials
from .wall_trials import wall_trials

pytestmark = pytest.mark.needs_shared_data

COUNT = 12


@cache
def outcomes(data: Path) -> tuple[MixtureOutcome, ...]:
    return tuple(mixture_trials(data, count=COUNT, limit_count=0, seeds=SEEDS[:1]))


def test_minor_components_are_found_the_more_surely_the_larger_they_are(shared_data: Path) -> None:
    found = [sum(one.found for one in outcomes(shared_data) if one.fraction == share) for share in FRACTIONS]
    assert found[0] >= 6
    assert found[1] >= 9
    assert found[2] >= 11


def test_no_absent_component_is_named(shared_data: Path) -> None:
    assert [(one.major, one.minor, one.absent) for one in outcomes(shared_data) if one.absent] == []


def test_trials_are_the_same_whenever_they_run(shared_data: Path) -> None:
    again = list(mixture_trials(shared_data, count=2, fractions=FRACTIONS[:1], limit_count=0, seeds=SEEDS[:1]))
    assert [one.minor for one in again] == [one.minor for one in outcomes(shared_data)[:2]]


@pytest.mark.parametrize("instrument", ["WP-00338-785nm", "WP-00169-830nm"])
def test_acetonitrile_in_toluene_is_a_mixture_of_both(shared_data: Path, instrument: str) -> None:
    library = spectra.library_785(shared_data)
    files = [t for t in spectra.trials(shared_data) if t.label == "AcetonitrileToluene" and t.instrument == instrument]
    assert files
    for trial in files:
        verdict, _ = judge(trial.spectrum, library)
        assert verdict.verdict is VerdictKind.MIXTURE
        assert {one.substance for one in verdict.components} == {"acetonitrile", "toluene"}


def test_contents_behind_a_scanned_wall_are_named(shared_data: Path) -> None:
    those = list(wall_trials(shared_data, shares=(0.8,), every=17))
    assert len(those) >= 8
    assert [one for one in those if one.wrong] == []
    assert sum(one.named for one in those) >= len(those) - 1
    assert all(one.container for one in those if one.named)
