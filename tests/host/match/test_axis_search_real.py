"""Displaced axes on real spectra: floors, and the rate at which unknown substances are put down to the axis.

Library from library-785, queries from other instruments. `-s` shows the figures; `-m slow` runs ten times as many.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from quayscan.library import Library
from quayscan.match import MatchOptions, match
from quayscan.match.axis_search import THRESHOLD, judged

from . import trials
from .axis_trials import displaced_queries

pytestmark = pytest.mark.needs_shared_data

OPTIONS = MatchOptions()
LOWEST = 0.8
MOST_NAMED = 0.01
SEED = 20261125


@pytest.fixture(scope="module")
def library(shared_data: Path) -> Library:
    return trials.library_785(shared_data)


def best_score(features: object, library: Library) -> float:
    return max((one.score for one in judged(features, library, OPTIONS)), default=0.0)  # type: ignore[arg-type]


@cache
def displaced(data: Path, library: Library, each: int) -> tuple[tuple[str, bool, float], ...]:
    """(instrument, whether something is named, best score on a displaced axis) of displaced queries."""
    rows = []
    for one in displaced_queries(data, each=each, seed=SEED):
        evidence = match(one.features, library, OPTIONS).evidence
        named = bool(evidence) and evidence[0].score >= OPTIONS.threshold
        rows.append((one.instrument, named, best_score(one.features, library)))
    return tuple(rows)


@cache
def undisplaced(data: Path, library: Library) -> tuple[tuple[str, str, float], ...]:
    """(instrument, label, best score) of spectra, axis right, whose substance the library lacks or was made to lack."""
    rows = []
    for query in trials.queries(data):
        known = trials.without(library, query.group) if trials.is_on_library(query) else library
        rows.append((query.instrument, query.label, best_score(query.features, known)))
    return tuple(rows)


def check_floors(rows: tuple[tuple[str, bool, float], ...]) -> None:
    off = sum(not named and score >= THRESHOLD for _, named, score in rows)
    named = sum(named for _, named, _ in rows)
    print(f"\n{len(rows)} displaced: axis off {off} ({off / len(rows):.1%}), named {named}")
    assert named <= MOST_NAMED * len(rows)
    assert off >= LOWEST * len(rows)


def test_displaced_queries_are_put_down_to_the_axis_and_not_named(shared_data: Path, library: Library) -> None:
    rows = displaced(shared_data, library, 2)
    assert len(rows) == 122
    check_floors(rows)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_displaced_queries_hold_the_floors_in_a_long_campaign(shared_data: Path, library: Library) -> None:
    check_floors(displaced(shared_data, library, 20))


def test_unknown_substances_on_a_right_axis_are_not_put_down_to_it(shared_data: Path, library: Library) -> None:
    rows = undisplaced(shared_data, library)
    claimed = [row for row in rows if row[2] >= THRESHOLD]
    print(f"\n{len(rows)} undisplaced, substance not in the library: axis off {len(claimed)}")
    for row in sorted(rows, key=lambda row: -row[2])[:5]:
        print(f"  {row[0]} {row[1]} {row[2]:.3f}")
    assert len(rows) >= 170
    assert claimed == []


def test_a_threshold_chosen_without_an_instrument_holds_on_it(shared_data: Path, library: Library) -> None:
    """The middle, in atanh, between the worst hundredth of displaced and the best of unknown spectra of the others."""
    off = [(name, score) for name, _, score in displaced(shared_data, library, 2)]
    right = undisplaced(shared_data, library)
    for instrument in sorted({name for name, _ in off}):
        others = np.arctanh([score for name, score in off if name != instrument and score > 0])
        highest = np.arctanh(max(score for name, _, score in right if name != instrument))
        threshold = np.tanh((np.quantile(others, 0.05) + highest) / 2)
        own = [score for name, score in off if name == instrument]
        found = np.mean(np.array(own) >= threshold)
        false = [row for row in right if row[0] == instrument and row[2] >= threshold]
        print(f"{instrument}: threshold {threshold:.3f}, axis off {found:.1%} of {len(own)}, false {len(false)}")
        assert found >= LOWEST
        assert false == []
