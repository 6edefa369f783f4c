"""`Shape`: one reference at net band area 1 on the coarse grid, and the ways in which it may differ."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ...library import Library
from ...preprocess.envelope import band_part
from ...preprocess.grid import GRID, STEP_CM1, WINDOW, BoolArray, FloatArray
from ...preprocess.opening import opened_bands
from .area import net_band_area

COARSE = np.arange(WINDOW.start, WINDOW.stop, 2)
"""Every second point of the window: at the common resolution (sigma 4 cm-1) less than 1 % of what 2 cm-1 shows is lost,
and covariances cost an eighth."""

COARSE_CM1 = GRID[COARSE]
WING_CM1 = 8.0
WING_REACH_CM1 = 200.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shape:
    """All (351,): values, bands, first to third derivative by cm-1, the bands widened to wings, and what is known."""

    values: FloatArray
    bands: FloatArray
    slope: FloatArray
    curvature: FloatArray
    third: FloatArray
    wing: FloatArray
    known: BoolArray


def shape_of(values: FloatArray, mask: BoolArray, steps: int, area: float | None = None) -> Shape:
    """The shape of (951,) values known where `mask`, moved up by `steps` grid steps, at net band area 1 or this one."""
    bands = band_part(values, mask)
    area = float(net_band_area(opened_bands(values, mask))) if area is None else area
    values = extended(values, mask)
    slope = np.gradient(values, STEP_CM1)
    curvature = np.gradient(slope, STEP_CM1)
    third = np.gradient(curvature, STEP_CM1)
    wing = np.convolve(bands, _wing_kernel(), mode="same")
    at = COARSE - steps
    cut = (part[at] / area for part in (values, bands, slope, curvature, third, wing))
    return Shape(**dict(zip(Shape.__slots__[:-1], cut, strict=True)), known=mask[at])


def library_shape(library: Library, row: int, steps: int) -> Shape:
    """The shape of one reference of a library."""
    return shape_of(np.asarray(library.spectra[row], dtype=np.float64), library.masks(slice(row, row + 1))[0], steps)


def extended(values: FloatArray, mask: BoolArray) -> FloatArray:
    """(951,) values with the nearest known one where they are not known: no step stands where a reference ends."""
    return values if mask.all() or not mask.any() else np.interp(GRID, GRID[mask], values[mask])


@lru_cache(maxsize=1)
def _wing_kernel() -> FloatArray:
    reach = np.arange(-WING_REACH_CM1, WING_REACH_CM1 + STEP_CM1, STEP_CM1)
    kernel = 1.0 / (1.0 + (reach / WING_CM1) ** 2)
    kernel /= kernel.sum()
    return kernel
