"""The second derivative on the grid: offset and slope of the scatter vanish in it, overlapping bands come apart."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..grid import BoolArray, FloatArray
from .grid import POINTS, STEP_NM, WINDOW

WIDTH_POINTS = 9
DEGREE = 3
HALF = WIDTH_POINTS // 2
"""Savitzky-Golay (Anal. Chem. 36, 1627, 1964; doi 10.1021/ac60214a047) over 36 nm, between a handheld scanner's
resolution of 10 nm and the narrowest bands."""


@lru_cache(maxsize=1)
def second_derivative() -> FloatArray:
    """(173, 201) operator from the grid's values to their second derivative per nm squared in the window."""
    offset = STEP_NM * np.arange(-HALF, HALF + 1, dtype=np.float64)
    weights = 2.0 * np.linalg.pinv(np.vander(offset, DEGREE + 1, increasing=True))[2]
    rows = range(POINTS)[WINDOW]
    operator = np.zeros((len(rows), POINTS))
    for row, centre in enumerate(rows):
        operator[row, centre - HALF : centre + HALF + 1] = weights
    operator.setflags(write=False)
    return operator


def derivative_mask(mask: BoolArray) -> BoolArray:
    """(..., 173) window points whose whole neighbourhood is there, from (..., 201) grid points that are."""
    neighbours = np.lib.stride_tricks.sliding_window_view(mask, WIDTH_POINTS, axis=-1)
    inside = np.asarray(np.all(neighbours, axis=-1), dtype=np.bool_)
    window: BoolArray = inside[..., WINDOW.start - HALF : WINDOW.stop - HALF]
    return window
