"""Lines of a room's lamps in a spectrum: what no dark frame took away, and no substance explains.

A lamp's lines lie at fixed wavelengths, so that their Raman shifts follow from the laser's. A lamp is seen where most
of its strong lines within the window have a peak, and these peaks are most of what stands out. It is asked only where
nothing was named: it can take a verdict back to "scan again" and never names anything.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..preprocess import Features
from ..preprocess.grid import WINDOW, WINDOW_START_CM1, WINDOW_STOP_CM1, FloatArray
from .computed import peaks_of

NEAR_CM1 = 5.0
"""A peak this near to a line is on it: an uncalibrated axis may be off by as much."""

LEAST_LINES = 3
LEAST_SHARE = 0.6
"""Of the lamp's lines within the window, at least so many and this share must have a peak."""

LEAST_HEIGHT = 0.6
"""Share of the sum of all peak heights that lies on the lamp's lines."""

CONSTANTS = (NEAR_CM1, LEAST_LINES, LEAST_SHARE, LEAST_HEIGHT)

NAMES = {
    "Hg I": "mercury (fluorescent lamps)",
    "Ar I": "argon (fluorescent and discharge lamps)",
    "Ne I": "neon (pilot lights)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lamp:
    """A lamp that is seen: its name in words, and the (L,) shifts of its lines that have a peak, in cm-1."""

    name: str
    lines_cm1: tuple[float, ...]


def lamp_in(features: Features) -> Lamp | None:
    """The lamp whose lines make most of a spectrum; None where none does, or the laser is not known."""
    from quayscan_spectra.calibration_lines import ambient_lamps

    if features.laser_nm is None:
        return None
    seen = features.variance[WINDOW][features.mask[WINDOW]]
    peaks = peaks_of(features.bands, float(np.sqrt(np.median(seen))) if seen.size else 0.0)
    if not peaks.height.size:
        return None
    for species, wavelengths in ambient_lamps().items():
        shifts = _within(1e7 / features.laser_nm - 1e7 / wavelengths)
        found, share = _on_lines(shifts, peaks.shift_cm1, peaks.height)
        if len(found) >= max(LEAST_LINES, LEAST_SHARE * shifts.size) and share >= LEAST_HEIGHT:
            return Lamp(name=NAMES[species], lines_cm1=found)
    return None


def _within(shifts_cm1: FloatArray) -> FloatArray:
    """Lines that the common window shows."""
    inside: FloatArray = shifts_cm1[(shifts_cm1 > WINDOW_START_CM1) & (shifts_cm1 < WINDOW_STOP_CM1)]
    return inside


def _on_lines(shifts: FloatArray, peaks: FloatArray, heights: FloatArray) -> tuple[tuple[float, ...], float]:
    """Lines that have a peak, and the share of all heights on them."""
    near = np.abs(peaks[:, None] - shifts) <= NEAR_CM1
    return tuple(shifts[near.any(axis=0)].tolist()), float(heights[near.any(axis=1)].sum() / heights.sum())
