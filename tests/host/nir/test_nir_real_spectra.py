"""Eleven powders by ten operators: each operator judged by the others, and samples exchanged in a copy."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from tests.accuracy import nir_tables, nir_trials
from tests.accuracy.nir_spectra import Scan, of_sessions, scans, whole_library, with_exchanged, without

from quayscan.curate.nir_doubts import find_nir_doubts
from quayscan.library import Library
from quayscan.library.library import assemble
from quayscan.library.nir import default_nir_library
from quayscan.match.nir import match_nir, pools_of

pytestmark = pytest.mark.needs_shared_data

PLACE = Path(nir_tables.PLACE)
FOUR = ("group02", "group05", "group07", "group09")


@pytest.fixture(scope="module")
def every(shared_data: Path) -> tuple[Scan, ...]:
    return scans(shared_data)


@pytest.fixture(scope="module")
def four(shared_data: Path) -> Library:
    """The scans of four operators."""
    return of_sessions(shared_data, FOUR)


def test_with_each_operator_left_out_the_right_substance_comes_first_in_all_550(shared_data: Path, every) -> None:
    first = 0
    for scan in every:
        result = match_nir(scan.features, without(shared_data, scan.operator))
        first += result.evidence[0].substance == scan.substance
    assert (first, len(every)) == (550, 550)


def test_with_operator_and_substance_left_out_at_most_one_in_a_hundred_would_be_named(shared_data: Path, every) -> None:
    named = 0
    for scan in every[::5]:  # every sample once; the whole set is the slow campaign below
        result = match_nir(scan.features, without(shared_data, scan.operator, scan.substance))
        named += result.evidence[0].score >= result.least_score
    assert named <= 0.01 * len(every[::5])


def test_every_scan_reaches_the_threshold_that_the_other_operators_set(shared_data: Path, every) -> None:
    short = []
    for scan in every:
        result = match_nir(scan.features, without(shared_data, scan.operator))
        if result.evidence[0].score < result.least_score:
            short.append((scan.operator, scan.stem))
    assert short == []


@pytest.mark.parametrize("pair", list(combinations(range(11), 2)))
def test_two_samples_exchanged_in_a_copy_are_both_reported_and_nothing_else_is(
    four: Library, pair: tuple[int, int]
) -> None:
    substances = sorted({one.substance for one in four.references})
    one, other = (substances[at] for at in pair)
    session = FOUR[sum(pair) % 4]
    copy, rows = with_exchanged(four, session, one, other)
    doubted, doubts = find_nir_doubts(copy, default_nir_library())
    assert doubted == rows
    assert len(doubts) == len(rows)


def test_exchanged_samples_are_found_by_other_operators_alone_where_no_shipped_reference_knows_them(
    four: Library,
) -> None:
    shipped = default_nir_library()
    keep = [at for at, one in enumerate(shipped.references) if one.substance not in ("lactose", "xylose")]
    second = assemble(
        "rest",
        [shipped.references[at] for at in keep],
        shipped.spectra[keep],
        shipped.coverage[keep],
        axis=shipped.axis,
    )
    copy, rows = with_exchanged(four, "group05", "lactose", "xylose")
    assert find_nir_doubts(copy, second)[0] == rows


def test_nothing_is_doubted_as_it_is(shared_data: Path) -> None:
    assert find_nir_doubts(whole_library(shared_data), default_nir_library()) == (set(), ())


def test_the_tables_that_ship_are_what_the_scans_give(shared_data: Path) -> None:
    made = {
        "spread.csv": nir_tables.spread_rows(shared_data),
        "scores.csv": nir_tables.score_rows(shared_data, default_nir_library()),
    }
    for name, rows in made.items():
        shipped = list(csv.DictReader((PLACE / name).read_text(encoding="utf-8").splitlines()))
        for row, kept in zip(rows, shipped, strict=True):
            for key, value in row.items():
                same = kept[key] == value or np.isclose(float(kept[key]), float(value), rtol=2e-4, atol=2e-6)
                assert same, (name, key, kept, row)  # another BLAS may round otherwise


@pytest.mark.slow
def test_the_whole_path_names_all_550_rightly_and_none_falsely(shared_data: Path) -> None:
    for line in nir_trials.report(shared_data):
        print(line)
    held, lacking = list(nir_trials.operators_left_out(shared_data)), list(nir_trials.substances_left_out(shared_data))
    assert sum(one.matched and one.named == (one.scan.substance,) for one in held) == 550
    assert sum(one.matched for one in lacking) <= 5


def test_the_pool_of_a_library_of_all_operators_counts_scans_for_the_threshold_and_substances_for_the_rate(
    shared_data: Path,
) -> None:
    pools = pools_of(whole_library(shared_data))
    assert (pools.right.size, pools.wrong.size, pools.strangers.size) == (550, 550, 11)
    assert pools.wrong.max() < pools.threshold() < pools.right.min()
