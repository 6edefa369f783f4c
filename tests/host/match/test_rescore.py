"""Exact comparison of chosen references, together or one by one."""

from __future__ import annotations

import numpy as np
import pytest
from tests.bench import large

from quayscan.match import rescore
from quayscan.match.held import Held
from quayscan.match.rescore import rescored, rescored_one
from quayscan.match.windows import shifted

from .exhaustive import cosines

ROWS = large.entries(200, seed=3)
QUERIES = large.queries(ROWS[:6], seed=4)
HELD = Held.of(ROWS)


def test_spectra_with_more_and_fewer_references_are_ranked_as_each_alone() -> None:
    draw = np.random.default_rng(0)
    rows = [np.sort(draw.choice(200, size=size, replace=False)) for size in (5, 60, 5, 8, 100, 6)]
    together = rescored(shifted(QUERIES), HELD, rows, 5)
    for at, mine in enumerate(rows):
        alone = rescored(shifted(QUERIES[at : at + 1]), HELD, [mine], 5)
        for one, other in zip(together, alone, strict=True):
            assert np.array_equal(one[at], other[0])
    best = cosines(QUERIES, ROWS).max(axis=1)
    assert [mine[best[at, mine].argmax()] for at, mine in enumerate(rows)] == together[0][:, 0].tolist()


def test_very_many_references_are_compared_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = np.arange(200)
    expected = rescored(shifted(QUERIES[:1]), HELD, [everything], 12)
    monkeypatch.setattr(rescore, "AT_ONCE", 16)
    for one, other in zip(rescored_one(shifted(QUERIES[:1]), HELD, everything, 12), expected, strict=True):
        assert np.array_equal(one, other)
