"""What a search says that it may have missed, beside what it did miss."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bench import large

from quayscan.match.best import ALL_COMPARED, DECIMALS
from quayscan.match.ceiling import Reach, ceiling, reach
from quayscan.match.effort import Effort
from quayscan.match.first_pass import FirstPass, Passed, passed
from quayscan.match.held import Held
from quayscan.match.many import best_of_many
from quayscan.match.search import FINER
from quayscan.match.shifts import SHIFT_STEPS
from quayscan.match.windows import shifted
from quayscan.preprocess.codes import LENGTH, query_codes, wave_basis
from quayscan.preprocess.grid import POINTS, WINDOW

from .exhaustive import Floats, cosines, misleading, shifted_units, unit

GOODS = large.entries(60, seed=4)

PASSES = {
    "one pass": FirstPass(keep=3),
    "a finer one after it": FirstPass(keep=40, then=FirstPass(keep=3, steps=FINER.steps)),
    "one shift only": FirstPass(keep=3, steps=(0,)),
}


def drawn_queries(seed: int) -> Floats:
    """Goods, the same in strong noise, noise alone, and fast waves."""
    draw = np.random.default_rng(seed)
    goods = large.queries(GOODS[draw.integers(len(GOODS), size=4)], seed)
    noise = draw.normal(size=(2, POINTS))
    fast = np.cos(np.pi * np.arange(POINTS) * draw.uniform(0.15, 0.9, (1, 1)))
    noisy = goods[:2] + 400.0 * draw.normal(size=(2, POINTS))
    return np.concatenate([goods, noisy, noise, fast + 0.01 * noise[:1]])


def kept_by(first: FirstPass, queries: Floats, held: Held) -> Passed:
    return passed(queries, reach(shifted(queries)), held.codes, 1, first, Effort())


@pytest.mark.parametrize("first", PASSES.values(), ids=PASSES)
@given(seed=st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_no_reference_that_is_passed_over_exceeds_the_ceiling(first: FirstPass, seed: int) -> None:
    queries = drawn_queries(seed)
    rows = misleading(queries, np.random.default_rng(seed))
    kept = kept_by(first, queries, Held.of(rows))
    for best, mine, most in zip(cosines(queries, rows).max(axis=1), kept.rows, kept.ceiling, strict=True):
        assert np.delete(best, mine).max() <= most


@given(seed=st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_the_ranks_said_to_be_proven_are_those_of_the_exhaustive_search(seed: int) -> None:
    queries = drawn_queries(seed)
    rows = misleading(queries, np.random.default_rng(seed))
    found = best_of_many(queries, Held.of(rows), first=FirstPass(keep=30))
    best = np.round(cosines(queries, rows).max(axis=1), DECIMALS)
    expected = -np.sort(-best, axis=1)[:, : found.cosine.shape[1]]
    for at, ranks in enumerate(found.proven):
        np.testing.assert_allclose(found.cosine[at, :ranks], expected[at, :ranks], atol=1.1 * 10.0**-DECIMALS)


def test_most_best_matches_of_ordinary_goods_are_proven() -> None:
    rows = large.entries(3000, seed=7)
    chosen = np.random.default_rng(8).integers(len(rows), size=100)
    found = best_of_many(large.queries(rows[chosen], seed=9), Held.of(rows))
    assert np.mean(found.proven > 0) > 0.75


def test_a_reference_made_to_be_missed_comes_near_the_ceiling() -> None:
    """The bound is no looser than what it must allow for: a code just under the threshold, the rest the query's own."""
    rows = large.entries(400, seed=7)
    query = large.queries(rows[30:31], seed=9)
    first = FirstPass(keep=3, steps=FINER.steps)
    kept = kept_by(first, query, Held.of(rows))
    codes = Held.of(rows).codes
    threshold = (query_codes(query, first.steps)[0] @ codes[kept.rows[0]].T).max(axis=0).min() / LENGTH**2
    basis, shape = wave_basis(), shifted_units(query)[0, SHIFT_STEPS.size // 2]
    inside, outside = basis.T @ shape, shape - basis @ (basis.T @ shape)
    across = unit(basis.T @ np.random.default_rng(0).normal(size=len(basis)))
    across = unit(across - (across @ unit(inside)) * unit(inside))
    within = (threshold - 0.01) * unit(inside) + np.sqrt(1.0 - (threshold - 0.01) ** 2) * across
    share = np.array([(threshold - 0.01) * np.linalg.norm(inside), np.linalg.norm(outside)])
    made = np.zeros((1, POINTS), dtype=np.float32)
    made[0, WINDOW] = unit(share)[0] * basis @ within + unit(share)[1] * unit(outside)
    with_it = np.concatenate([rows, made])
    kept = kept_by(first, query, Held.of(with_it))
    assert len(rows) not in kept.rows[0]
    missed = float(cosines(query, made).max())
    assert missed <= float(kept.ceiling[0]) < missed + 0.03


def test_what_rounding_takes_from_a_code_is_allowed_for() -> None:
    """A spectrum that is its code, and references near it: their products are smaller by what was cut off of them."""
    draw = np.random.default_rng(5)
    code = np.trunc(LENGTH * unit(draw.normal(size=64)))
    alike = Reach(inside=np.tile(unit(code), (1, SHIFT_STEPS.size, 1)), outside=np.zeros((1, SHIFT_STEPS.size)))
    for reference in unit(unit(code) + 0.05 * unit(draw.normal(size=(200, 64)))):
        least = np.array([code @ np.trunc(LENGTH * reference) + 1.0], dtype=np.float32)
        most = ceiling(alike, code[None, None].astype(np.float32), (0,), least)
        assert reference @ unit(code) <= most[0]


def test_where_every_reference_is_compared_nothing_can_have_been_missed() -> None:
    rows = large.entries(20, seed=7)
    found = best_of_many(large.queries(rows[:2], seed=9), Held.of(rows))
    assert found.ceiling.tolist() == [ALL_COMPARED, ALL_COMPARED]
    assert found.proven.tolist() == [10, 10]


def test_a_spectrum_without_bands_proves_nothing() -> None:
    found = best_of_many(np.ones((1, POINTS)), Held.of(large.entries(2000, seed=7)))
    assert found.ceiling.tolist() == [1.0]
    assert found.proven.tolist() == [0]
