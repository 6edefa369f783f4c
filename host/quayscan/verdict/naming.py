"""Which substances the evidence names."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..match import Evidence, MatchOptions, MatchResult
from .verdict import Candidate, VerdictKind

GroupOf = Callable[[str], frozenset[str]]
"""Identity group of a substance id, itself among its members; the members of one group are one answer."""

SHOWN = 5
HIGHEST_SCORE = 0.9999


def best_per_substance(result: MatchResult) -> tuple[Evidence, ...]:
    """The best evidence for each substance, best first."""
    best: dict[str, Evidence] = {}
    for one in result.evidence:
        best.setdefault(one.substance, one)
    return tuple(best.values())


def named_evidence(
    ranked: tuple[Evidence, ...], options: MatchOptions, group_of: GroupOf
) -> tuple[VerdictKind, tuple[Evidence, ...]]:
    """The verdict's kind on adequate data, and the evidence that it names.

    The best score must reach the threshold. Every other substance within the margin belongs to the answer;
    when all of them are of one identity group the answer is one, and the best of them names it.
    """
    if not ranked or ranked[0].score < options.threshold:
        return VerdictKind.UNKNOWN, ()
    lowest = _distance(ranked[0].score) - options.margin
    close = tuple(one for one in ranked if _distance(one.score) >= lowest)
    if len({group_of(one.substance) for one in close}) == 1:
        return VerdictKind.MATCH, close[:1]
    return VerdictKind.AMBIGUOUS, close


def _distance(score: float) -> float:
    return float(np.arctanh(min(score, HIGHEST_SCORE)))


def candidates(ranked: tuple[Evidence, ...], named: tuple[Evidence, ...]) -> tuple[Candidate, ...]:
    """The best five, and every named one even beyond them."""
    names = {one.substance for one in named}
    return tuple(
        Candidate(
            substance=one.substance,
            name=one.name,
            score=one.score,
            grade=one.grade,
            named=one.substance in names,
            entry=one.entry,
            shift_cm1=one.shift_cm1,
        )
        for place, one in enumerate(ranked)
        if place < SHOWN or one.substance in names
    )
