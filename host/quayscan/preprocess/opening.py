"""The background as a grey opening, and the bands above it.

A running minimum lies under a slope by what the slope falls in half its width, so that a plain decline of fluorescence
looks like band area. An opening, the running maximum of the running minimum, follows a slope and only cuts off what is
narrower than its width (Perez-Pueyo et al., Appl. Spectrosc. 64 (2010) 595, 10.1366/000370210791414281).
"""

from __future__ import annotations

import numpy as np

from .envelope import MINIMUM_POINTS, running_minimum, smoothed
from .grid import WINDOW, BoolArray, FloatArray

SMOOTHING_POINTS = 31
"""Running means of 61 cm-1 round the steps of an opening off."""


def opening(values: FloatArray, mask: BoolArray) -> FloatArray:
    """Background of (..., 951) grid values over 400 to 1800 cm-1: grey opening over 181 cm-1, smoothed; 0 elsewhere.

    `mask` is (951,); masked points take no part, nor does what lies outside the window: there edge filters cut in.
    """
    seen = _in_window(mask)
    lowest = running_minimum(np.where(seen, values, np.inf), MINIMUM_POINTS)
    opened = -running_minimum(np.where(np.isfinite(lowest), -lowest, np.inf), MINIMUM_POINTS)
    result: FloatArray = np.where(seen, smoothed(opened, seen, SMOOTHING_POINTS), 0.0)
    return result


def opened_bands(values: FloatArray, mask: BoolArray) -> FloatArray:
    """(..., 951) values above their opening, never negative, 0 where masked and outside 400 to 1800 cm-1."""
    result: FloatArray = np.where(_in_window(mask), np.maximum(values - opening(values, mask), 0.0), 0.0)
    return result


def _in_window(mask: BoolArray) -> BoolArray:
    seen = np.zeros_like(mask)
    seen[WINDOW] = mask[WINDOW]
    return seen
