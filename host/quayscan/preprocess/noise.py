"""Noise variance of a spectrum, read from its own pixels."""

from __future__ import annotations

import numpy as np

from .grid import FloatArray

FOURTH_DIFFERENCE = np.array([1.0, -4.0, 6.0, -4.0, 1.0]) / np.sqrt(70.0)
"""Scaled so that white noise keeps its variance; bands wider than some pixels nearly vanish."""

LEVEL_MEAN = np.full(5, 0.2)
"""Level of a pixel for the binning: the mean of the same five pixels, whose noise is independent of theirs'
fourth difference, so that sorting by level does not sort by noise."""

LEVEL_BINS = 12
LOW_QUANTILE = 0.30
HALF_NORMAL_AT_LOW_QUANTILE = 0.38532
"""The 0.30 quantile of |z|, z standard normal. A low quantile, so that bands cannot inflate the noise."""

MIN_PIXELS = 24


def pixel_variance(intensity: FloatArray) -> FloatArray:
    """Estimate the noise variance of each pixel as `c0 + c1 (level - lowest level)`.

    The fourth difference is taken, sorted by level into 12 bins of equal count, its spread read in each bin
    by a low quantile, and the line fitted with both coefficients nonnegative: read noise and shot noise.

    Parameters
    ----------
    intensity : (N,) finite values, any unit.

    Returns
    -------
    (N,) variance in the unit squared, positive unless the spectrum is exactly smooth.
    """
    difference = np.convolve(intensity, FOURTH_DIFFERENCE, mode="valid")
    level = np.convolve(intensity, LEVEL_MEAN, mode="valid")
    order = np.argsort(level, kind="stable")
    bins = max(1, min(LEVEL_BINS, order.size // MIN_PIXELS))
    groups = np.array_split(order, bins)
    centre = np.array([level[group].mean() for group in groups])
    spread = np.array([_low_quantile(np.abs(difference[group])) for group in groups])
    variance = (spread / HALF_NORMAL_AT_LOW_QUANTILE) ** 2
    lowest = float(centre[0])
    constant, slope = _nonnegative_line(centre - lowest, variance)
    return constant + slope * np.maximum(intensity - lowest, 0.0)


def _low_quantile(values: FloatArray) -> float:
    """The 0.30 quantile, linear between order statistics: `np.quantile` without its checks, ten times as fast."""
    place = LOW_QUANTILE * (values.size - 1)
    below = int(place)
    low, high = np.partition(values, (below, min(below + 1, values.size - 1)))[[below, min(below + 1, values.size - 1)]]
    return float(low + (high - low) * (place - below))


def _nonnegative_line(x: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Relative least squares of y = c0 + c1 x, both at least 0: a variance's error grows with itself."""
    weight = 1.0 / np.maximum(y, 1e-3 * float(np.max(y)) + 1e-300)
    columns = np.stack([np.ones_like(x), x], axis=1) * weight[:, None]
    target = y * weight
    (constant, slope), *_ = np.linalg.lstsq(columns, target, rcond=None)
    if slope < 0 or x[-1] <= 0:
        return float(np.median(y)), 0.0
    if constant < 0:
        return 0.0, float(columns[:, 1] @ target / (columns[:, 1] @ columns[:, 1]))
    return float(constant), float(slope)
