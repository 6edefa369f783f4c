"""The matched filter: by how many standard deviations each reference stands out of what a fit leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular

from ...library import Library
from ...preprocess.grid import BoolArray, FloatArray
from .area import TINY, library_areas
from .fit import Fit
from .shape import COARSE

LEAST_KNOWN = 0.75
"""Share of the seen points at which a reference must have been measured; what it may show at the others is in its
error."""

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
    seen = _rows(library, shifts)
    middle = seen[:, shifts[-1] - shifts[len(shifts) // 2] :][:, : 2 * COARSE.size : 2] * (mask / areas[:, None])
    white = solve_triangular(found.root, middle.T, lower=True, check_finite=False, overwrite_b=True)
    whole = np.einsum("pm,pm->m", white, white)
    inside = found.basis.T @ white
    left = np.maximum(whole - np.einsum("cm,cm->m", inside, inside), 0.0)
    sensitivity = np.sqrt(left)
    own = left > LEAST_OWN * whole
    back = solve_triangular(found.root, found.left, lower=True, trans="T", check_finite=False)
    raw = (seen @ _moved(back * mask, shifts, seen.shape[1])).T / areas
    best = raw.argmax(axis=0)
    score = np.take_along_axis(raw, best[None], axis=0)[0] / np.maximum(sensitivity, TINY)
    return Scan(
        score=np.where(covers(library, mask), np.where(own, score, 0.0), -np.inf),
        sensitivity=sensitivity,
        steps=np.asarray(shifts, dtype=np.intp)[best],
    )


def covers(library: Library, mask: BoolArray) -> BoolArray:
    """(M,) bool, True where a reference has data at most of the seen points."""
    seen = COARSE[mask]
    first, after = library.coverage[:, :1], library.coverage[:, 1:]
    known = np.count_nonzero((seen >= first) & (seen < after), axis=1)
    result: BoolArray = known >= max(LEAST_KNOWN * seen.size, 1)
    return result


def _rows(library: Library, shifts: Sequence[int]) -> FloatArray:
    """(M, P) all references, every grid point that one of the shifts needs."""
    needed = np.arange(COARSE[0] - shifts[-1], COARSE[-1] + 1 - shifts[0])
    rows = library.spectra[:, needed[0] : needed[-1] + 1].astype(np.float64)
    first, after = library.coverage[:, :1], library.coverage[:, 1:]
    short = np.flatnonzero((first[:, 0] > needed[0]) | (after[:, 0] <= needed[-1]))
    if short.size:  # no step stands where a reference ends: its last value goes on
        nearest = np.clip(needed, first[short], after[short] - 1)
        rows[short] = np.take_along_axis(library.spectra[short], nearest, axis=1)
    return rows


def _moved(values: FloatArray, shifts: Sequence[int], points: int) -> FloatArray:
    """(P, S) the (351,) values on the points of `_rows`, once for each shift: a product with them moves the rows."""
    moved = np.zeros((points, len(shifts)))
    for column, step in zip(moved.T, shifts, strict=True):
        column[shifts[-1] - step :][: 2 * COARSE.size : 2] = values
    return moved
