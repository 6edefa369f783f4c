"""Computed against measured: does a computed reference name the measured spectrum of its substance?

The query is the measured spectrum of a substance; the library holds for it only the computed reference, for all
others what ships. Cosine of square-root intensities without what 8 cubic splines can follow, best of shifts within 8
cm-1; then each entry's score loses its mean over unrelated queries and is divided by their standard deviation, which
makes computed and measured entries comparable.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import BSpline
from scipy.ndimage import gaussian_filter1d

from ..identity import identity_group
from ..references import BandReference, references, synthesise
from .computed_references import draw
from .scaling import Scaling
from .scaling_fit import Known, without
from .units import Array

_AXIS = np.arange(400.0, 1801.0, 2.0)
_SHIFTS = np.arange(-8.0, 8.1, 2.0)
_SPLINES = 8  # more of them follow bands as wide as computed ones are drawn
_SMOOTHING = 6.0 / 2.0  # sigma in points: what is compared gets about the width of computed bands


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a computed reference came among all entries (1 is first), and its normalised and plain score."""

    substance: str
    rank: int
    score: float
    cosine: float


def _background() -> Array:
    inner = np.linspace(_AXIS[0], _AXIS[-1], _SPLINES - 2)
    knots = np.concatenate(([inner[0]] * 3, inner, [inner[-1]] * 3))
    return np.asarray(np.linalg.qr(BSpline.design_matrix(_AXIS, knots, 3).toarray())[0], dtype=np.float64)


def _direction(curve: Array, background: Array) -> Array:
    root = np.sqrt(np.maximum(gaussian_filter1d(curve, _SMOOTHING), 0.0))
    root = root - background @ (background.T @ root)
    return np.asarray(root / np.linalg.norm(root), dtype=np.float64)


class Cohort:
    """The shipped measured references as queries and as entries."""

    def __init__(self) -> None:
        self._background = _background()
        self.those: tuple[BandReference, ...] = tuple(one for one in references() if one.grade == "measured")
        self.queries = np.array([self._moved(one) for one in self.those])  # (R, shifts, N)
        self.entries = np.array([_direction(synthesise(one, _AXIS), self._background) for one in self.those])
        self.between = self.scores(self.entries)  # (R queries, R entries)

    def _moved(self, one: BandReference) -> Array:
        return np.array([_direction(synthesise(one, _AXIS + shift), self._background) for shift in _SHIFTS])

    def computed_entry(self, one: Known, by: Scaling) -> Array:
        """The unit vector (N,) of a computed reference under a scaling."""
        return _direction(draw(*one.computed.placed(by), _AXIS), self._background)

    def scores(self, entries: Array) -> Array:
        """The best cosine over shifts of all queries with entries (E, N): (R, E)."""
        return np.asarray(np.einsum("rsn,en->rse", self.queries, entries).max(axis=1), dtype=np.float64)


def _normalised(scores: Array, query: int, related: Sequence[NDArray[np.bool_]]) -> Array:
    """The scores (E,) of one query, each entry's (R, E) background taken over queries not related to it."""
    result = np.zeros(scores.shape[1])
    for entry in range(scores.shape[1]):
        unrelated = ~related[entry]
        unrelated[query] = False
        cohort = scores[unrelated, entry]
        result[entry] = (scores[query, entry] - cohort.mean()) / cohort.std()
    return result


def place(cohort: Cohort, those: Sequence[Known], one: Known, by: Scaling | None = None) -> Placed:
    """Where one computed reference comes, placed by the scaling that was fitted without it (or the one given)."""
    names = [reference.substance for reference in cohort.those]
    query = names.index(one.measured.substance)
    same = np.array([name in identity_group(one.measured.substance) for name in names])
    related = [np.array([name in identity_group(entry) for name in names]) for entry in names]
    entry = cohort.computed_entry(one, by or without(those, one.measured.substance))
    own = cohort.scores(entry[None])
    scores = np.concatenate([cohort.between[:, ~same], own], axis=1)
    kept = [np.array(r) for r, mine in zip(related, same, strict=True) if not mine]
    normalised = _normalised(scores, query, [*kept, same.copy()])
    rank = 1 + int((normalised[:-1] > normalised[-1]).sum())
    return Placed(substance=one.measured.substance, rank=rank, score=float(normalised[-1]), cosine=float(own[query, 0]))
