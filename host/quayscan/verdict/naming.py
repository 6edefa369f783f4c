"""Which substances the evidence names."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..match import Calibration, ComputedEvidence, Contradiction, Evidence, MatchOptions, MatchResult
from .verdict import Candidate, VerdictKind

GroupOf = Callable[[str], frozenset[str]]
"""Identity group of a substance id, itself among its members; the members of one group are one answer."""

SHOWN = 5
HIGHEST_SCORE = 0.9999
COMPUTED_MARGIN = 0.5
"""Computed references within so many standard deviations of the best one belong to the answer."""


def best_per_substance(result: MatchResult) -> tuple[Evidence, ...]:
    """The best evidence for each substance, best first."""
    best: dict[str, Evidence] = {}
    for one in result.evidence:
        best.setdefault(one.substance, one)
    return tuple(best.values())


def named_evidence(
    ranked: tuple[Evidence, ...], options: MatchOptions, group_of: GroupOf, calibration: Calibration | None = None
) -> tuple[VerdictKind, tuple[Evidence, ...]]:
    """The verdict's kind on adequate data, and the evidence that it names.

    A substance that the library lacks must score as high as the best one no oftener than the rate says, and nothing is
    named where the library is too large for any; without a calibration the score must reach the threshold. Every other
    substance within the margin belongs to the answer; when all of them are of one identity group the answer is one, and
    the best of them names it.
    """
    if not ranked or not _significant(ranked[0], options, calibration):
        return VerdictKind.UNKNOWN, ()
    lowest = _distance(ranked[0].score) - options.margin
    close = tuple(one for one in ranked if _distance(one.score) >= lowest)
    if len({group_of(one.substance) for one in close}) == 1:
        return VerdictKind.MATCH, close[:1]
    return VerdictKind.AMBIGUOUS, close


def _significant(best: Evidence, options: MatchOptions, calibration: Calibration | None) -> bool:
    if calibration is None:
        return best.score >= options.threshold
    return _within_rate(best.score, options, calibration)


def _within_rate(score: float, options: MatchOptions, calibration: Calibration) -> bool:
    return calibration.states_a_rate and calibration.p_value(score) <= calibration.kept_rate(options.rate)


def named_by_structure(
    result: MatchResult, options: MatchOptions, group_of: GroupOf
) -> tuple[VerdictKind, tuple[ComputedEvidence, ...]]:
    """What computed references name when no measured or published one does: the same rule, with their own margin."""
    calibration, best = result.computed_calibration, next(iter(result.computed), None)
    if calibration is None or best is None or not _within_rate(best.score, options, calibration):
        return VerdictKind.UNKNOWN, ()
    close = {one.substance: one for one in reversed(result.computed) if one.score >= best.score - COMPUTED_MARGIN}
    named = tuple(sorted(close.values(), key=lambda one: (-one.score, one.entry)))
    if len({group_of(one.substance) for one in named}) == 1:
        return VerdictKind.MATCH, named[:1]
    return VerdictKind.AMBIGUOUS, named


def _distance(score: float) -> float:
    return float(np.arctanh(min(score, HIGHEST_SCORE)))


def candidates(
    ranked: tuple[Evidence, ...],
    named: tuple[Evidence, ...],
    by_structure: tuple[ComputedEvidence, ...] = (),
    bands: Contradiction | None = None,
) -> tuple[Candidate, ...]:
    """What computed references name, then the best five, and every named one even beyond them."""
    names = {one.substance for one in named}
    return (*(_computed(one) for one in by_structure), *_measured(ranked, names, bands))


def _computed(one: ComputedEvidence) -> Candidate:
    return Candidate(
        substance=one.substance,
        name=one.name,
        score=(one.cosine + one.peaks) / 2,
        grade="computed",
        named=True,
        entry=one.entry,
        shift_cm1=0.0,
        p_value=one.p_value,
    )


def _measured(ranked: tuple[Evidence, ...], names: set[str], bands: Contradiction | None) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            substance=one.substance,
            name=one.name,
            score=one.score,
            grade=one.grade,
            named=one.substance in names,
            entry=one.entry,
            shift_cm1=one.shift_cm1,
            p_value=one.p_value,
            only_spectrum=bands.only_spectrum if bands is not None and place == 0 else (),
            only_reference=bands.only_reference if bands is not None and place == 0 else (),
        )
        for place, one in enumerate(ranked)
        if place < SHOWN or one.substance in names
    )
