"""Floors on real spectra of other instruments than the library's; run with `-s` to see the table.

The constants of the comparison were chosen on these files (about as many settings as research on them had tried
before): the figures are those of development data and not a promise for the field.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from quayscan.library import Library
from quayscan.match import MatchOptions, match

from . import trials

pytestmark = pytest.mark.needs_shared_data

OPTIONS = MatchOptions()
NEAR_INFRARED = ("785nm", "830nm")


@pytest.fixture(scope="module")
def library(shared_data: Path) -> Library:
    return trials.library_785(shared_data)


@cache
def best(data: Path, library: Library, laser: str) -> tuple[tuple[trials.Query, str, float, bool], ...]:
    """(query, best group, its score, whether the data is adequate) for every file at one laser."""
    rows = []
    for query in trials.queries(data):
        if query.instrument.endswith(laser):
            result = match(query.features, library, OPTIONS)
            first = result.evidence[0]
            adequate = result.background_chi >= OPTIONS.min_background_chi
            rows.append((query, trials.group(first.substance), first.score, adequate))
    return tuple(rows)


@cache
def left_out(data: Path, library: Library, laser: str) -> tuple[tuple[trials.Query, str, float], ...]:
    """(query, best group, its score) for every on-library file with its own group left out of the library."""
    rows = []
    for query in trials.queries(data):
        if query.instrument.endswith(laser) and trials.is_on_library(query):
            first = match(query.features, trials.without(library, query.group), OPTIONS).evidence[0]
            rows.append((query, trials.group(first.substance), first.score))
    return tuple(rows)


@pytest.mark.parametrize(("laser", "count"), [("785nm", 61), ("830nm", 16)])
def test_every_query_in_the_near_infrared_is_named_rightly(
    shared_data: Path, library: Library, laser: str, count: int
) -> None:
    rows = [row for row in best(shared_data, library, laser) if trials.is_on_library(row[0])]
    assert len(rows) == count
    assert [row[0].label for row in rows if row[1] != row[0].group] == []
    assert [(row[0].label, row[2]) for row in rows if row[2] < OPTIONS.threshold] == []


@pytest.mark.parametrize("laser", NEAR_INFRARED)
def test_nothing_off_the_library_is_named(shared_data: Path, library: Library, laser: str) -> None:
    off = [row for row in best(shared_data, library, laser) if not trials.is_on_library(row[0])]
    assert len(off) >= 7
    assert [(row[0].label, row[1]) for row in off if row[2] >= OPTIONS.threshold] == []


@pytest.mark.parametrize("laser", NEAR_INFRARED)
def test_nothing_takes_the_place_of_a_substance_left_out(shared_data: Path, library: Library, laser: str) -> None:
    rows = left_out(shared_data, library, laser)
    assert [(row[0].label, row[1]) for row in rows if row[2] >= OPTIONS.threshold] == []


@pytest.mark.parametrize(("laser", "named", "count"), [("633nm", 31, 33), ("532nm", 13, 16)])
def test_visible_lasers_name_rightly_what_they_can(
    shared_data: Path, library: Library, laser: str, named: int, count: int
) -> None:
    rows = [row for row in best(shared_data, library, laser) if trials.is_on_library(row[0])]
    hits = [row for row in rows if row[3] and row[2] >= OPTIONS.threshold]
    assert len(rows) == count
    assert [(row[0].label, row[1]) for row in hits if row[1] != row[0].group] == []
    assert len(hits) >= named


@pytest.mark.parametrize("laser", ["633nm", "532nm"])
def test_linseed_oil_under_visible_light_is_fluorescence_without_bands(
    shared_data: Path, library: Library, laser: str
) -> None:
    rows = [row for row in best(shared_data, library, laser) if row[0].label == "LinseedOil"]
    assert rows
    assert not any(row[3] for row in rows)


def test_a_threshold_chosen_without_an_instrument_holds_on_it(shared_data: Path, library: Library) -> None:
    """Leave one instrument out: the middle of the gap on the others names and refuses rightly on this one."""
    right, wrong = [], []
    for laser in NEAR_INFRARED:
        rows = best(shared_data, library, laser)
        right += [(row[0].instrument, row[2]) for row in rows if trials.is_on_library(row[0])]
        wrong += [(row[0].instrument, row[2]) for row in rows if not trials.is_on_library(row[0])]
        wrong += [(row[0].instrument, row[2]) for row in left_out(shared_data, library, laser)]
    for instrument in sorted({name for name, _ in right}):
        lowest = min(np.arctanh(score) for name, score in right if name != instrument)
        highest = max(np.arctanh(score) for name, score in wrong if name != instrument)
        threshold = float(np.tanh((lowest + highest) / 2))
        assert all(score >= threshold for name, score in right if name == instrument)
        assert all(score < threshold for name, score in wrong if name == instrument)


def test_table_of_the_trials(shared_data: Path, library: Library) -> None:
    print("\nlaser   on-library  top-1  named rightly  refused  |  false trials  named  best wrong  worst right")
    for laser in (*NEAR_INFRARED, "633nm", "532nm"):
        rows = best(shared_data, library, laser)
        on = [row for row in rows if trials.is_on_library(row[0])]
        good = [row for row in on if row[1] == row[0].group]
        scores = [row[2] for row in rows if not trials.is_on_library(row[0]) and row[3]]
        scores += [row[2] for row in left_out(shared_data, library, laser)]
        rightly = sum(row[3] and row[2] >= OPTIONS.threshold for row in good)
        print(
            f"{laser}  {len(on):9d}  {len(good):5d}  {rightly:13d}  {sum(not row[3] for row in on):7d}"
            f"  |  {len(scores):12d}  {sum(s >= OPTIONS.threshold for s in scores):5d}  {max(scores):10.3f}"
            f"  {min(row[2] for row in good if row[3]):11.3f}"
        )
    assert OPTIONS.threshold == pytest.approx(0.91)
