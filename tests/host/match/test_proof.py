"""`exact=True` beside the exhaustive search, with references made to mislead the first pass."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bench import large

from quayscan.match.best import DECIMALS, Best
from quayscan.match.effort import Effort
from quayscan.match.first_pass import FirstPass
from quayscan.match.held import Held
from quayscan.match.many import best_of_many
from quayscan.preprocess.grid import POINTS

from .exhaustive import cosines, misleading
from .test_ceiling import drawn_queries
from .test_many import einsum_product

FEW = FirstPass(keep=2)


@given(seed=st.integers(0, 10_000), top=st.integers(1, 12))
@settings(max_examples=15, deadline=None)
def test_the_exact_list_is_that_of_the_exhaustive_search(seed: int, top: int) -> None:
    queries = drawn_queries(seed)
    rows = misleading(queries, np.random.default_rng(seed))
    found = best_of_many(queries, Held.of(rows), top=top, first=FEW, exact=True)
    best = np.round(cosines(queries, rows).max(axis=1), DECIMALS)
    order = np.argsort(-best, axis=1, kind="stable")[:, :top]
    expected = np.take_along_axis(best, order, axis=1)
    np.testing.assert_allclose(found.cosine, expected, atol=1.1 * 10.0**-DECIMALS)  # rounded by another order of sums
    clear = np.abs(np.diff(expected, axis=1, prepend=2.0, append=-2.0)) > 3 * 10.0**-DECIMALS
    alone = clear[:, :-1] & clear[:, 1:]
    assert np.array_equal(found.rows[alone], order[alone])
    assert (found.proven == top).all()


def test_equal_references_come_in_their_order() -> None:
    rows = large.entries(100, seed=7)
    queries = large.queries(rows[:10], seed=9)
    found = best_of_many(queries, Held.of(np.concatenate([rows, rows, rows])), top=6, first=FEW, exact=True)
    assert np.array_equal(found.rows[:, 1], found.rows[:, 0] + 100)
    assert np.array_equal(found.rows[:, 2], found.rows[:, 0] + 200)


def test_threads_blocks_and_the_product_change_no_byte_of_it() -> None:
    queries = drawn_queries(3)
    held = Held.of(misleading(queries, np.random.default_rng(3)))
    expected = best_of_many(queries, held, first=FEW, exact=True)
    for effort in (Effort(threads=3), Effort(block=2), Effort(product=einsum_product)):
        other = best_of_many(queries, held, first=FEW, exact=True, effort=effort)
        for name in Best.__slots__:
            assert getattr(other, name).tobytes() == getattr(expected, name).tobytes()


def test_what_was_proven_already_stays_as_it_is() -> None:
    rows = large.entries(40, seed=7)
    queries = large.queries(rows[:3], seed=9)
    once, twice = (best_of_many(queries, Held.of(rows), exact=exact) for exact in (False, True))
    for name in Best.__slots__:
        assert getattr(twice, name).tobytes() == getattr(once, name).tobytes()


def test_a_spectrum_without_bands_is_compared_with_all() -> None:
    found = best_of_many(np.ones((1, POINTS)), Held.of(large.entries(1500, seed=7)), exact=True)
    assert np.isfinite(found.cosine).all()
    assert found.rows.shape == (1, 10)
