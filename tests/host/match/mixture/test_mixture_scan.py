"""The matched filter shows what a fit leaves, in standard deviations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.linalg import inv

from quayscan.library import Library
from quayscan.match.mixture.area import library_areas
from quayscan.match.mixture.scan import covers, scan
from quayscan.match.mixture.shape import COARSE
from quayscan.preprocess import prepare

from ..drawing import SUBSTANCES, measured
from .drawn_mixtures import mixture, pursuit, start

ROWS = list(SUBSTANCES)


def test_the_second_component_stands_out_most(drawn_library: Library) -> None:
    of = pursuit(prepare(mixture({"alpha": 1.0, "delta": 0.1})), drawn_library)
    shown = of.scan(start(of, ROWS.index("alpha")))
    assert int(np.argmax(shown.score)) == ROWS.index("delta")
    assert shown.score[ROWS.index("delta")] > 10


def test_its_amount_is_about_what_was_put_in(drawn_library: Library) -> None:
    both = prepare(mixture({"alpha": 1.0, "delta": 0.1}))
    of = pursuit(both, drawn_library)
    shown = of.scan(start(of, ROWS.index("alpha")))
    alone = prepare(mixture({"delta": 0.1}, level=0.0, noise=0.1))
    area = 2.0 * alone.bands[50:751].sum()
    assert shown.amount(ROWS.index("delta")) == pytest.approx(area, rel=0.15)


def test_without_a_second_component_scores_are_those_of_noise(drawn_library: Library) -> None:
    seen = []
    for seed in range(20):
        of = pursuit(prepare(measured(SUBSTANCES["alpha"], seed=seed)), drawn_library)
        seen.extend(of.scan(start(of, 0)).score[1:])
    assert np.abs(seen).max() < 5.0
    assert np.std(seen) < 1.5


def test_a_slow_generalised_least_squares_gives_the_same(drawn_library: Library) -> None:
    of = pursuit(prepare(mixture({"alpha": 1.0, "delta": 0.1})), drawn_library)
    found = start(of, 0)
    row = ROWS.index("delta")
    reference = drawn_library.spectra[row].astype(float)[COARSE] / library_areas(drawn_library)[row]
    weight = inv(found.root @ found.root.T)
    columns = np.column_stack([of.query.background, found.parts[0].shape.values, reference])
    normal = columns.T @ weight @ columns
    amount = np.linalg.solve(normal, columns.T @ weight @ of.query.values)[-1]
    deviation = np.sqrt(inv(normal)[-1, -1])
    shown = scan(found, drawn_library, of.query.mask, (0,))
    assert shown.score[row] == pytest.approx(amount / deviation, rel=1e-3)
    assert shown.sensitivity[row] == pytest.approx(1 / deviation, rel=1e-3)


def test_a_reference_that_lacks_a_quarter_of_the_query_is_not_judged(drawn_library: Library) -> None:
    coverage = drawn_library.coverage.copy()
    coverage[2], coverage[3] = (200, 951), (240, 951)  # 400 of 1400 cm-1 are 29 %, 300 are 21 %
    short = replace(drawn_library, coverage=coverage)
    of = pursuit(prepare(mixture({"alpha": 1.0, "delta": 0.1})), short)
    assert list(np.flatnonzero(~covers(short, of.query.mask))) == [3]
    assert np.isfinite(of.scan(start(of, 0)).score[2])
    assert np.isneginf(of.scan(start(of, 0)).score[3])
