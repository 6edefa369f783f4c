"""The matched filter: by how many standard deviations each reference stands out of what a fit leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular

from ...library import Library
from ...preprocess.grid import MAX_SHIFT_STEPS, BoolArray, FloatArray
from .area import TINY, library_areas
from .fit import Fit
from .shape import COARSE

LEAST_OWN = 1e-4
"""A reference whose components explain all but this share of its whitened square has nothing of its own to show."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scan:
    """One value for each row of the library, at its best shift.

    Attributes
    ----------
    score : (M,) matched filter's output in standard deviations; -inf where a reference lacks points of the query.
    sensitivity : (M,) standard deviations that a net band area of 1 gives. steps : (M,) shift in grid steps.
    """

    score: FloatArray
    sensitivity: FloatArray
    steps: NDArray[np.intp]

    def amount(self, row: int) -> float:
        """Net band area that the matched filter gives a reference."""
        return max(float(self.score[row] / max(self.sensitivity[row], TINY)), TINY)


def scan(found: Fit, library: Library, mask: BoolArray, shifts: Sequence[int]) -> Scan:
    """Filter what a fit leaves for every reference.

    The sensitivity is that of the middle shift: it hardly changes over a few cm-1.

    Parameters
    ----------
    mask : (351,) points of the query that are seen. shifts : grid steps to try, ascending.
    """
    areas = library_areas(library)
    middle = shifts[len(shifts) // 2]
    white = solve_triangular(found.root, _rows(library, areas, middle, mask).T, lower=True, check_finite=False)
    whole = np.einsum("pm,pm->m", white, white)
    white -= found.basis @ (found.basis.T @ white)
    sensitivity = np.sqrt(np.einsum("pm,pm->m", white, white))
    own = sensitivity**2 > LEAST_OWN * whole
    back = solve_triangular(found.root, found.left, lower=True, trans="T", check_finite=False)
    raw = np.stack([_rows(library, areas, step, mask) @ back for step in shifts])
    best = raw.argmax(axis=0)
    score = np.take_along_axis(raw, best[None], axis=0)[0] / np.maximum(sensitivity, TINY)
    return Scan(
        score=np.where(covers(library, mask), np.where(own, score, 0.0), -np.inf),
        sensitivity=sensitivity,
        steps=np.asarray(shifts, dtype=np.intp)[best],
    )


def covers(library: Library, mask: BoolArray) -> BoolArray:
    """(M,) bool, True where a reference has data at every seen point, whatever its shift."""
    seen = COARSE[mask]
    if not seen.size:
        return np.zeros(len(library), dtype=bool)
    first, after = library.coverage[:, 0], library.coverage[:, 1]
    result: BoolArray = (first <= seen[0] - MAX_SHIFT_STEPS) & (after > seen[-1] + MAX_SHIFT_STEPS)
    return result


def _rows(library: Library, areas: FloatArray, steps: int, mask: BoolArray) -> FloatArray:
    """(M, 351) all references at net band area 1, moved up by `steps`, 0 where the query is masked."""
    at = COARSE - steps
    rows = library.spectra[:, at[0] : at[-1] + 1 : 2].astype(np.float64)
    result: FloatArray = rows * (mask / areas[:, None])
    return result
