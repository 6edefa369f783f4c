"""Bring any wavelength axis to the common grid: local parabolas, so that a coarse axis keeps its bands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ..grid import BoolArray, FloatArray
from .grid import GRID, POINTS

SIGMA_NM = 3.0
"""Gaussian weights of the local fit. From 2.5 to 4 nm no figure of the development data changes by 0.02."""

REACH_NM = 4.0 * SIGMA_NM
TERMS = 3
"""Constant, slope and bend: a band's top keeps its height to fourth order."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NirKernel:
    """The resampling of one axis onto the grid.

    Attributes
    ----------
    operator : (201, N) float64, read-only. Rows of zeros where masked.
    mask : (201,) bool, read-only. True where the axis surrounds the grid point closely enough.
    """

    operator: FloatArray
    mask: BoolArray


def nir_kernel_for(axis: FloatArray) -> NirKernel:
    """The kernel of a strictly ascending axis in nm; computed once for each axis."""
    return _kernel(np.ascontiguousarray(axis, dtype=np.float64).tobytes())


@lru_cache(maxsize=32)
def _kernel(axis_bytes: bytes) -> NirKernel:
    axis = np.frombuffer(axis_bytes, dtype=np.float64)
    operator = np.zeros((POINTS, axis.size))
    for row, centre in enumerate(GRID):
        near = np.flatnonzero(np.abs(axis - centre) <= REACH_NM)
        if near.size >= TERMS and axis[near[0]] <= centre <= axis[near[-1]]:
            operator[row, near] = _constant_term((axis[near] - centre) / SIGMA_NM)
    mask = np.asarray(np.any(operator != 0.0, axis=1), dtype=np.bool_)
    operator.setflags(write=False)
    mask.setflags(write=False)
    return NirKernel(operator=operator, mask=mask)


def _constant_term(distance: FloatArray) -> FloatArray:
    """(K,) weights that give the value at 0 of the weighted parabola through K points (distance in sigmas)."""
    weight = np.exp(-0.5 * distance**2)
    powers = np.vander(distance, TERMS, increasing=True)
    moments = (powers.T * weight) @ powers
    first: FloatArray = np.linalg.solve(moments, powers.T * weight)[0]
    return first
