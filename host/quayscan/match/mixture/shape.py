"""`Shape`: one reference at net band area 1 on the coarse grid, and the ways in which it may differ."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ...library import Library
from ...preprocess.grid import GRID, STEP_CM1, WINDOW, FloatArray
from ..prepared import bands_of
from .area import net_band_area

COARSE = np.arange(WINDOW.start, WINDOW.stop, 2)
"""Every second point of the window: at the common resolution (sigma 4 cm-1) less than 1 % of what 2 cm-1 shows is lost,
and covariances cost an eighth."""

COARSE_CM1 = GRID[COARSE]
WING_CM1 = 8.0
WING_REACH_CM1 = 200.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shape:
    """All (351,): values, band part, first to third derivative by cm-1, and the bands widened to wings."""

    values: FloatArray
    bands: FloatArray
    slope: FloatArray
    curvature: FloatArray
    third: FloatArray
    wing: FloatArray


def shape_of(values: FloatArray, bands: FloatArray, steps: int, area: float | None = None) -> Shape:
    """The shape of (951,) values and band part, moved up by `steps` grid steps, at net band area 1 or this one."""
    area = float(net_band_area(bands)) if area is None else area
    slope = np.gradient(values, STEP_CM1)
    curvature = np.gradient(slope, STEP_CM1)
    third = np.gradient(curvature, STEP_CM1)
    wing = np.convolve(bands, _wing_kernel(), mode="same")
    at = COARSE - steps
    cut = (part[at] / area for part in (values, bands, slope, curvature, third, wing))
    return Shape(**dict(zip(Shape.__slots__, cut, strict=True)))


def library_shape(library: Library, row: int, steps: int) -> Shape:
    """The shape of one reference of a library."""
    values = np.asarray(library.spectra[row], dtype=np.float64)
    return shape_of(values, bands_of(library, row), steps)


@lru_cache(maxsize=1)
def _wing_kernel() -> FloatArray:
    reach = np.arange(-WING_REACH_CM1, WING_REACH_CM1 + STEP_CM1, STEP_CM1)
    kernel = 1.0 / (1.0 + (reach / WING_CM1) ** 2)
    kernel /= kernel.sum()
    return kernel
