"""The first pass keeps what it says, and says what it leaves out."""

from __future__ import annotations

import numpy as np
import pytest
from tests.bench import large

from quayscan.match import first_pass
from quayscan.match.effort import Effort
from quayscan.match.first_pass import candidates
from quayscan.preprocess.codes import query_codes, reference_codes

ROWS = large.entries(1000, seed=3)
CODES = reference_codes(ROWS)
QUERIES = query_codes(large.queries(ROWS[:5], seed=4))
SCORES = np.einsum("qsw,mw->qsm", QUERIES, CODES).max(axis=1)


@pytest.mark.parametrize("keep", [1, 7, 40])
def test_it_keeps_as_many_as_asked_for_and_all_others_are_under_the_least(keep: int) -> None:
    which, rows, least = candidates(QUERIES, CODES, keep)
    for at, scores in enumerate(SCORES):
        kept = np.sort(rows[which == at])
        assert kept.size >= keep
        assert np.array_equal(kept, np.flatnonzero(scores >= least[at]))


def test_where_all_are_kept_nothing_is_under_the_least() -> None:
    which, rows, least = candidates(QUERIES, CODES, len(CODES))
    assert np.array_equal(np.sort(rows.reshape(5, -1), axis=1), np.tile(np.arange(len(CODES)), (5, 1)))
    assert np.isneginf(least).all()
    assert np.array_equal(which, np.repeat(np.arange(5), len(CODES)))


def test_threads_that_share_a_large_library_keep_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = candidates(QUERIES[:1], CODES, 5)
    monkeypatch.setattr(first_pass, "SHARED_FROM", 10)
    found = candidates(QUERIES[:1], CODES, 5, Effort(threads=3))
    for one, other in zip(found, expected, strict=True):
        assert np.array_equal(one, other)
