"""Features narrower than any band, on axes fine enough to tell: cosmic rays of several pixels, of either sign.

A hit in a dark frame leaves a dip in light minus dark, and a dip pulls the background down over a wide range.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .grid import BoolArray, FloatArray

REACH_CM1 = 2.4
"""A spike is over this far from its highest pixel. A band of 4 cm-1 at half height, the finest that a handheld
instrument resolves, still has 0.37 of its height there."""

LEAST_PIXELS = 3
"""On axes where `REACH_CM1` is fewer pixels a band could look the same: they are left to the single-pixel rule."""

WINDOW_REACHES = 12
"""Width of the running median under a spike, in reaches: far wider than any spike."""

Z_LIMIT = 6.0
"""Height over the running median in robust standard deviations of a pixel."""

FOOT_SHARE = 0.3
"""Between one reach and two a spike has fallen below this share of its height."""


def narrow_pixels(axis: FloatArray, intensity: FloatArray) -> BoolArray:
    """(N,) bool, True on pixels of features too narrow to be a band.

    Parameters
    ----------
    axis, intensity : (N,) Raman shift in cm-1 and counts.
    """
    found = np.zeros(intensity.size, dtype=bool)
    reach = int(REACH_CM1 / spacing(axis))
    window = WINDOW_REACHES * reach + 1
    if reach < LEAST_PIXELS or intensity.size < 2 * window:
        return found
    size = np.abs(intensity - _running_median(intensity, window))
    highest = _running_maximum(np.pad(size, reach), 2 * reach + 1)
    beside = _running_maximum(np.pad(size, 2 * reach), reach)
    foot = np.maximum(beside[: size.size], beside[-size.size :])
    peaks = (size == highest) & (size > Z_LIMIT * _spread(intensity, window)) & (foot < FOOT_SHARE * size)
    for peak in np.flatnonzero(peaks):
        found[max(peak - reach, 0) : peak + reach + 1] = True
    return found


def spacing(axis: FloatArray) -> float:
    """Median distance of neighbouring points; computed once for each axis."""
    return _spacing(axis.tobytes())


@lru_cache(maxsize=32)
def _spacing(axis_bytes: bytes) -> float:
    return float(np.median(np.diff(np.frombuffer(axis_bytes, dtype=np.float64))))


def _running_maximum(values: FloatArray, width: int) -> FloatArray:
    """(N - width + 1,) highest of each `width` values in a row."""
    size = values.size - width + 1
    highest = values[:size].copy()
    for step in range(1, width):
        np.maximum(highest, values[step : step + size], out=highest)
    return highest


def _running_median(values: FloatArray, window: int) -> FloatArray:
    """Median over a centred window of odd size, the ends mirrored."""
    from scipy.ndimage import median_filter  # here: a tenth of a second that most commands need not spend

    median: FloatArray = median_filter(values, window, mode="mirror")
    return median


def _spread(intensity: FloatArray, window: int) -> FloatArray:
    """(N,) robust standard deviation of a pixel from second differences nearby, which a smooth band hardly enters."""
    second = np.pad(np.abs(np.diff(intensity, 2)), 1, mode="edge")
    typical = np.maximum(_running_median(second, window), float(np.median(second)))
    spread: FloatArray = np.maximum(1.4826 * typical / np.sqrt(6), 1e-12)
    return spread
