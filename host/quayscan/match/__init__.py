"""Matching: evidence about which reference explains a spectrum.

options    every constant, and the recipe's id
prepared   what of a library can be computed before any query
screen     two cosines against every reference at every allowed shift
ridge      weighted ridge regression from moments
shifts     the axis shifts that are tried
computed   computed references: compared by what they can be wrong in
lamps      lines of a room's lamps
conformal  p-values from a pool of scores that are wrong by construction
identity   which substances are one answer
residual   what one reference leaves unexplained, in both directions
evidence   the numbers that come out
match      `match`, which composes them, and `judge` for chosen references
"""

from .computed import ComputedEvidence
from .conformal import FAINT_CHI, Calibration
from .evidence import Contradiction, Evidence, MatchResult
from .match import judge, match
from .options import MatchOptions, ModelError, recipe_id

__all__ = [
    "FAINT_CHI",
    "Calibration",
    "ComputedEvidence",
    "Contradiction",
    "Evidence",
    "MatchOptions",
    "MatchResult",
    "ModelError",
    "judge",
    "match",
    "recipe_id",
]
