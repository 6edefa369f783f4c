"""Ambient light, seen in the frames without the laser: it has a spectrum, and dark current has none."""

from __future__ import annotations

import numpy as np

from ..spectrum import FloatArray

SMOOTHING_PIXELS = 31
"""Running median: hot pixels and the pixel-to-pixel spread of dark current go, daylight and lamp lines stay."""

LEAST_SHARE = 0.3
"""Of the dark level above the converter's offset; dark current alone varies by under a tenth after the median."""

LEAST_COUNTS = 50.0
"""Less is within the noise of a short exposure."""


def ambient_share(dark: FloatArray, adc_offset: float, adc_max: float) -> float:
    """How much of the converter's range ambient light fills at its brightest; 0.0 where none is seen.

    Parameters
    ----------
    dark : (P,) mean counts with the laser off.
    adc_offset, adc_max : counts without light, and the converter's end.
    """
    from scipy.ndimage import median_filter  # here: a tenth of a second that most commands need not spend

    smooth = median_filter(dark, SMOOTHING_PIXELS, mode="nearest")
    low, high = np.quantile(smooth, [0.02, 0.98])
    level = max(float(np.median(smooth)) - adc_offset, 0.0)
    if high - low < max(LEAST_SHARE * level, LEAST_COUNTS):
        return 0.0
    return float((high - low) / (adc_max - adc_offset))
