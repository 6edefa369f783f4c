"""Cosmic rays out of a single spectrum, real bands left alone."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .grid import BoolArray, FloatArray
from .narrow import narrow_pixels, spacing

Z_LIMIT = 12.0
"""Modified z-score of the first difference; Whitaker and Hayes use 3.5 to 7, on spectra of weak bands."""

FOOT_SHARE = 0.10
"""Two pixels away a spike is back at the local median to within this share of its height. A band sampled at
the usual three pixels of full width at half maximum still has 0.29 there, one of 2.5 pixels 0.17; a bump in a
group of bands lies above what is beside it and below it by more."""

NECK_SHARE = 0.15
"""On one side at least a spike is nearly gone after one pixel. A band of 2.5 pixels still has 0.4 there."""

MAX_SPACING_CM1 = 2.8
"""Coarser axes sample real bands as narrowly as spikes: nothing is removed from them."""

BASE_PIXELS = 15


def despike(axis: FloatArray, intensity: FloatArray) -> tuple[FloatArray, int]:
    """Replace cosmic-ray spikes by the line through their neighbours.

    A pixel is a spike when the modified z-score of the first difference is extreme on both of its flanks and
    its height over the local median is gone two pixels away on both sides, on one of them nearly so after one.
    Dips count as spikes do. On a fine axis whatever is narrower than any band counts too (`narrow_pixels`).

    Parameters
    ----------
    axis, intensity : (N,) Raman shift in cm-1 and counts.

    Returns
    -------
    The repaired (N,) intensity (the same object when nothing was found) and the number of spikes.

    Notes
    -----
    Whitaker, Hayes: A simple algorithm for despiking Raman spectra, 2018, 10.1016/j.chemolab.2018.06.009;
    the foot condition is added so that a sharp band survives.
    """
    if spacing(axis) > MAX_SPACING_CM1 or intensity.size < BASE_PIXELS:
        return intensity, 0
    single = _spikes(intensity)
    bad = narrow_pixels(axis, intensity) | single
    bad[:-1] |= single[1:]
    bad[1:] |= single[:-1]
    if not bad.any() or bad.all():
        return intensity, 0
    repaired = intensity.copy()
    repaired[bad] = np.interp(axis[bad], axis[~bad], intensity[~bad])
    return repaired, int(np.count_nonzero(np.diff(bad.astype(np.int8), prepend=0) == 1))


def modified_z_score(values: FloatArray) -> FloatArray:
    """(N,) distance from the median in robust standard deviations (0.6745 / MAD); all 0 when MAD is 0."""
    deviation = values - np.median(values)
    spread = float(np.median(np.abs(deviation)))
    return 0.6745 * deviation / spread if spread > 0 else np.zeros_like(deviation)


def _spikes(intensity: FloatArray) -> BoolArray:
    """(N,) bool, True on single-pixel spikes of either sign; the local median is taken only on steep tops and dips."""
    score = np.pad(np.abs(modified_z_score(np.diff(intensity))), 2)
    rise, fall = np.maximum(score[:-3], score[1:-2]), np.maximum(score[2:-1], score[3:])
    steep = np.minimum(rise, fall) > Z_LIMIT
    found = np.zeros(intensity.size, dtype=bool)
    middle, left, right = intensity[2:-2], intensity[1:-3], intensity[3:-1]
    extreme = ((middle >= left) & (middle >= right)) | ((middle <= left) & (middle <= right))
    at = np.flatnonzero(steep[2:-2] & extreme) + 2
    if at.size:
        half = BASE_PIXELS // 2
        near = sliding_window_view(np.pad(intensity, half, mode="edge"), BASE_PIXELS)[at]
        near = near - np.median(near, axis=1)[:, None]
        found[at] = _stands_alone(near) | _stands_alone(-near)
    return found


def _stands_alone(near: FloatArray) -> BoolArray:
    """Whether the middle of each (K, 15) run, its median at 0, rises from it as only a spike does."""
    half = BASE_PIXELS // 2
    height, left, right = near[:, half], near[:, half - 1], near[:, half + 1]
    gone = np.maximum(np.abs(near[:, half - 2]), np.abs(near[:, half + 2])) < FOOT_SHARE * height
    gone &= np.minimum(left, right) < NECK_SHARE * height
    result: BoolArray = gone & (height >= left) & (height >= right) & (height > 0)
    return result
