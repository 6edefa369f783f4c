"""`unmix`: the likeliest combination of references for one spectrum, with shares, rivals and detection limits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...library import Library
from ...preprocess import Features
from ...preprocess.grid import MAX_SHIFT_STEPS, STEP_CM1
from ..evidence import Evidence, MatchResult
from ..match import target_of
from ..options import MatchOptions
from ..prepared import compared_rows
from .fit import WALL, Fit, Part, fit, problem
from .fractions import share_ranges
from .limits import detection_limits
from .options import MixtureOptions
from .pursuit import GroupOf, Pursuit
from .result import Ingredient, Unmixed, WallShare
from .rivals import contents, rivals
from .together import sum_score
from .wall import wall_part

UNSURE_STARTS = 5
"""So many of the best single substances are starts where none of them is identified."""


def unmix(
    features: Features,
    library: Library,
    result: MatchResult,
    *,
    group_of: GroupOf,
    options: MixtureOptions | None = None,
    single: MatchOptions | None = None,
    wall: Features | None = None,
) -> Unmixed:
    """Find what a spectrum is made of.

    Parameters
    ----------
    features, result : the prepared spectrum, and the evidence about single substances.
    group_of : identity group of a substance; its members are one component.
    options, single : constants of the unmixing and of the single comparison; the defaults when None.
    wall : the empty wall, measured on the same unit.
    """
    options = options if options is not None else MixtureOptions()
    single = single if single is not None else MatchOptions()
    pursuit = Pursuit(
        query=problem(features, options),
        library=library,
        options=options,
        group_of=group_of,
        allowed=_compared(library),
        laser_nm=features.laser_nm,
    )
    alone = None if wall is None else _wall_alone(pursuit, wall, options)
    starts = _starts(pursuit, result.evidence, single) if alone is None else [alone]
    found = pursuit.grow(starts)
    return Unmixed(
        ingredients=_ingredients(pursuit, found),
        wall=_wall_share(found, options),
        chi=found.chi,
        wall_chi=None if alone is None else alone.chi,
        score=_score(features, found, library, wall, result.evidence, single),
        limits=detection_limits(found, pursuit.scan(found), options, pursuit.doubt(found)),
    )


def _compared(library: Library) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    allowed = np.zeros(len(library), dtype=bool)
    allowed[compared_rows(library)] = True
    return allowed


def _wall_alone(pursuit: Pursuit, wall: Features, options: MixtureOptions) -> Fit:
    parts: tuple[Part, ...] = (wall_part(wall, options.wall),)
    return fit(pursuit.query, parts, [pursuit.query.area])


def _starts(pursuit: Pursuit, evidence: Sequence[Evidence], single: MatchOptions) -> list[Fit]:
    """The single substances to begin with: those that are identified, else the best ones."""
    if not evidence:
        return []
    if evidence[0].score >= single.threshold:
        least = np.tanh(np.arctanh(min(evidence[0].score, 0.9999)) - single.margin)
        chosen = [one for one in evidence if one.score >= least][: pursuit.options.beam]
    else:
        chosen = list(evidence[:UNSURE_STARTS])
    return [pursuit.fit([pursuit.part(one.entry, _steps(one))], [pursuit.query.area]) for one in chosen]


def _score(
    features: Features,
    found: Fit,
    library: Library,
    wall: Features | None,
    evidence: Sequence[Evidence],
    single: MatchOptions,
) -> float:
    """The sum's; a substance that stays alone has its own already."""
    if len(found.parts) == 1:
        for one in evidence:
            if one.entry == found.parts[0].row:
                return one.score
    return sum_score(target_of(features), found, library, wall, single)


def _steps(one: Evidence) -> int:
    return int(np.clip(round(one.shift_cm1 / STEP_CM1), -MAX_SHIFT_STEPS, MAX_SHIFT_STEPS))


def _ingredients(pursuit: Pursuit, found: Fit) -> tuple[Ingredient, ...]:
    ranges, shares = share_ranges(found, pursuit.options), found.shares
    several = len(found.parts) > 1
    places = sorted(contents(found), key=lambda place: -shares[place])
    return tuple(
        Ingredient(
            entry=found.parts[place].row,
            substance=pursuit.library.references[found.parts[place].row].substance,
            name=pursuit.library.references[found.parts[place].row].name,
            grade=pursuit.library.references[found.parts[place].row].grade,
            share=float(shares[place]),
            low=float(ranges[place, 0]),
            high=float(ranges[place, 1]),
            deviations=float(found.amounts[place] / found.deviations[place]),
            shift_cm1=STEP_CM1 * found.parts[place].steps,
            rivals=rivals(pursuit, found, place) if several else (),
        )
        for place in places
    )


def _wall_share(found: Fit, options: MixtureOptions) -> WallShare | None:
    for place, one in enumerate(found.parts):
        if one.row == WALL:
            low, high = share_ranges(found, options)[place]
            return WallShare(share=float(found.shares[place]), low=float(low), high=float(high))
    return None
