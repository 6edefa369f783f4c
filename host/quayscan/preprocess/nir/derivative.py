"""The second derivative on the grid: offset and slope of the scatter vanish in it, overlapping bands come apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ..grid import BoolArray, FloatArray
from .grid import POINTS, STEP_NM, WINDOW
from .resample import nir_kernel_for

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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CurveKernel:
    """From the pixels of one axis to the curve in the window.

    Attributes
    ----------
    operator : (173, N) float64, read-only; rows of zeros where not seen. squared : the same, for variances.
    seen : (173,) bool, read-only. True where the axis covers the whole neighbourhood.
    """

    operator: FloatArray
    squared: FloatArray
    seen: BoolArray


def curve_kernel_for(axis: FloatArray) -> CurveKernel:
    """The kernel of a strictly ascending axis in nm; computed once for each axis."""
    return _curve_kernel(np.ascontiguousarray(axis, dtype=np.float64).tobytes())


@lru_cache(maxsize=32)
def _curve_kernel(axis_bytes: bytes) -> CurveKernel:
    kernel = nir_kernel_for(np.frombuffer(axis_bytes, dtype=np.float64))
    seen = derivative_mask(kernel.mask).copy()
    operator = np.where(seen[:, None], second_derivative() @ kernel.operator, 0.0)
    squared = operator**2
    for array in (operator, squared, seen):
        array.setflags(write=False)
    return CurveKernel(operator=operator, squared=squared, seen=seen)


def derivative_mask(mask: BoolArray) -> BoolArray:
    """(..., 173) window points whose whole neighbourhood is there, from (..., 201) grid points that are."""
    neighbours = np.lib.stride_tricks.sliding_window_view(mask, WIDTH_POINTS, axis=-1)
    inside = np.asarray(np.all(neighbours, axis=-1), dtype=np.bool_)
    window: BoolArray = inside[..., WINDOW.start - HALF : WINDOW.stop - HALF]
    return window
