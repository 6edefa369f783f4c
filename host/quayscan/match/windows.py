"""Many spectra at the nine shifts: their windows, and the lengths of these without background.

Spectra keep their background: references have no part in it, so that it only matters for the length.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ..preprocess.grid import POINTS, WINDOW, WINDOW_POINTS, FloatArray
from ..preprocess.projection import background_basis
from .best import DECIMALS
from .shifts import SHIFT_STEPS

SINGLE_ERROR = 4.3e-5
"""Largest error of a product of two vectors of length 1 and 701 points in float32, in any order: 703 roundings of
6.0e-8, two of them of the vectors themselves (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1)."""

DOUBLE_ERROR = 1.1e-13
"""Largest relative error of a sum of 951 squares in float64, in any order."""

MOST_BACKGROUND = 1e8
"""Length of a window over that of its bands, from which on they are nothing but rounding."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shifted:
    """Spectra at the nine shifts.

    Attributes
    ----------
    flat : (Q, 951) less a polynomial of the third degree. windows : (Q, 9, 701) views of it.
    length : (Q, 9) of the windows less their background.
    slack : (Q,) by how much a cosine in float32 may be off.
    spill : (Q, 9) by how much a squared length may be, over itself.
    """

    flat: FloatArray
    windows: FloatArray
    length: FloatArray
    slack: FloatArray
    spill: FloatArray

    def part(self, places: slice) -> Shifted:
        """Some of the spectra."""
        return Shifted(**{one.name: getattr(self, one.name)[places] for one in fields(self)})


def shifted(spectra: FloatArray) -> Shifted:
    """Of (Q, 951) spectra."""
    flat = spectra - (spectra @ _cubics()) @ _cubics().T
    whole, left = _lengths(flat)
    over = np.minimum(whole / left, MOST_BACKGROUND)
    return Shifted(
        flat=flat,
        windows=sliding_window_view(flat, WINDOW_POINTS, axis=1)[:, WINDOW.start + SHIFT_STEPS],
        length=left,
        slack=2 * SINGLE_ERROR * over.max(axis=1) + 10.0**-DECIMALS,
        spill=DOUBLE_ERROR * over**2,
    )


@lru_cache(maxsize=1)
def _cubics() -> FloatArray:
    """(951, 4) orthonormal polynomials up to the third degree: they lie in the background of every shifted window."""
    basis, _ = np.linalg.qr(np.vander(np.linspace(-1.0, 1.0, POINTS), 4))
    cubics: FloatArray = np.asarray(basis, dtype=np.float64)
    return cubics


@lru_cache(maxsize=1)
def _shifted_splines() -> FloatArray:
    """(951, 9 14) the background's basis, moved up by each shift."""
    splines = background_basis(np.ones(WINDOW_POINTS, dtype=bool))
    moved = np.zeros((POINTS, SHIFT_STEPS.size, splines.shape[1]))
    for at, step in enumerate(SHIFT_STEPS):
        moved[WINDOW.start + step : WINDOW.stop + step, at] = splines
    return moved.reshape(POINTS, -1)


def _lengths(spectra: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(Q, 9) length of each shifted window, whole and less its background."""
    squares = np.cumsum(np.pad(spectra**2, ((0, 0), (1, 0))), axis=1)
    whole = squares[:, WINDOW.stop + SHIFT_STEPS] - squares[:, WINDOW.start + SHIFT_STEPS]
    background = (spectra @ _shifted_splines()).reshape(len(spectra), SHIFT_STEPS.size, -1)
    left = whole - np.einsum("qsb,qsb->qs", background, background)
    least = np.finfo(float).tiny
    return np.sqrt(np.maximum(whole, least)), np.sqrt(np.maximum(left, least))
