"""The engine for many spectra, beside the screen that compares every reference at every shift."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.bench import large

from quayscan.match.best import DECIMALS, Best
from quayscan.match.effort import Effort
from quayscan.match.held import Held
from quayscan.match.many import best_of_many
from quayscan.match.shifts import SHIFT_STEPS
from quayscan.match.windows import SINGLE_ERROR
from quayscan.preprocess.grid import POINTS

from .exhaustive import cosines, shifted_units

REFERENCES, QUERIES = 1500, 100

Product = Callable[..., Any]


@pytest.fixture(scope="module")
def rows() -> NDArray[np.float32]:
    return large.entries(REFERENCES, seed=7)


@pytest.fixture(scope="module")
def held(rows: NDArray[np.float32]) -> Held:
    return Held.of(rows)


@pytest.fixture(scope="module")
def queries(rows: NDArray[np.float32]) -> NDArray[np.float64]:
    chosen = np.random.default_rng(8).integers(REFERENCES, size=QUERIES)
    return large.queries(rows[chosen], seed=9)


@pytest.fixture(scope="module")
def found(held: Held, queries: NDArray[np.float64]) -> Best:
    return best_of_many(queries, held)


@pytest.fixture(scope="module")
def exhaustive(rows: NDArray[np.float32], queries: NDArray[np.float64]) -> NDArray[np.float64]:
    """(Q, 9, M) cosines of all with all, written out."""
    return cosines(queries, rows)


def test_the_best_reference_is_that_of_the_exhaustive_search(found: Best, exhaustive: NDArray[np.float64]) -> None:
    best = exhaustive.max(axis=1)
    assert np.array_equal(found.rows[:, 0], best.argmax(axis=1))


def test_of_the_best_ten_hardly_one_is_missed(found: Best, exhaustive: NDArray[np.float64]) -> None:
    expected = np.argsort(-exhaustive.max(axis=1), axis=1)[:, :10]
    kept = [np.isin(want, got).mean() for want, got in zip(expected, found.rows, strict=True)]
    assert np.mean(kept) > 0.98


def test_cosines_and_shifts_are_the_exhaustive_ones_rounded(found: Best, exhaustive: NDArray[np.float64]) -> None:
    whole = exhaustive.max(axis=1)
    expected = np.take_along_axis(whole, found.rows, axis=1)
    np.testing.assert_allclose(found.cosine, expected, atol=0.51 * 10.0**-DECIMALS)
    steps = SHIFT_STEPS[np.take_along_axis(exhaustive.argmax(axis=1), found.rows, axis=1)]
    assert np.array_equal(found.steps, steps)


def test_the_order_is_by_cosine_and_ties_by_row(rows: NDArray[np.float32], queries: NDArray[np.float64]) -> None:
    twice = best_of_many(queries[:20], Held.of(np.concatenate([rows[:300], rows[:300]])))
    assert np.all(np.diff(twice.cosine, axis=1) <= 0)
    assert np.array_equal(twice.rows[:, 1], twice.rows[:, 0] + 300)


def einsum_product(a: Any, b: Any, out: Any = None) -> Any:
    """A product that no linear algebra library has a part in."""
    return np.einsum("...ik,...kj->...ij", a, b, out=out)


@pytest.mark.parametrize(
    "effort",
    [
        Effort(block=1),
        Effort(block=7),
        Effort(block=QUERIES),
        Effort(threads=4),
        Effort(block=16, product=einsum_product),
    ],
    ids=["block 1", "block 7", "one block", "4 threads", "einsum"],
)
def test_blocks_threads_and_the_library_behind_the_product_change_no_byte(
    found: Best, held: Held, queries: NDArray[np.float64], effort: Effort
) -> None:
    other = best_of_many(queries, held, effort=effort)
    for name in Best.__slots__:
        assert getattr(other, name).tobytes() == getattr(found, name).tobytes()


def test_the_error_of_float32_stays_under_its_bound(held: Held, exhaustive: NDArray[np.float64], queries: Any) -> None:
    shifted = shifted_units(queries[:1])[0].astype(np.float32)
    single = shifted @ held.single_rows.T
    assert float(np.abs(single - exhaustive[0]).max()) < SINGLE_ERROR


def test_few_references_and_no_spectra_are_no_special_case(rows: NDArray[np.float32], queries: Any) -> None:
    few = Held.of(rows[:3])
    assert best_of_many(queries[:2], few).rows.shape == (2, 3)
    assert best_of_many(queries[:0], few).rows.shape == (0, 3)


def test_a_spectrum_without_bands_comes_out_finite(held: Held) -> None:
    nothing = best_of_many(np.ones((1, POINTS)), held)
    assert np.isfinite(nothing.cosine).all()
