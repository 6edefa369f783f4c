"""The background as a running minimum, and the band part above it."""

from __future__ import annotations

import numpy as np

from .grid import BoolArray, FloatArray

MINIMUM_POINTS = 91
"""181 cm-1: wider than any band group of the development data, narrower than fluorescence."""

SMOOTHING_POINTS = 61
SMOOTHING_PASSES = 3
"""Three running means of 121 cm-1 smooth like a Gaussian of 60 cm-1 (three times (61^2 - 1) / 12 points^2)."""

NOTHING_NEAR = 1e-9
"""A weight under this is the rounding error of a sum, and no data."""


def running_minimum(values: FloatArray, width: int) -> FloatArray:
    """Minimum over a centred window of odd `width` points along the last axis; the ends see what there is."""
    half = width // 2
    pad = [(0, 0)] * (values.ndim - 1) + [(half, half)]
    lowest: FloatArray = np.pad(values, pad, constant_values=np.inf)
    seen = 1
    while 2 * seen <= width:
        lowest = np.minimum(lowest[..., :-seen], lowest[..., seen:])
        seen *= 2
    rest = width - seen
    return np.minimum(lowest[..., :-rest], lowest[..., rest:]) if rest else lowest


def running_mean(values: FloatArray, width: int) -> FloatArray:
    """Mean over a centred window of odd `width` points along the last axis; zeros stand beyond the ends."""
    half, size = width // 2, values.shape[-1]
    total = np.zeros((*values.shape[:-1], size + width))
    np.cumsum(values, axis=-1, out=total[..., half + 1 : half + 1 + size])
    total[..., half + 1 + size :] = total[..., half + size : half + size + 1]
    result: FloatArray = (total[..., width:] - total[..., :-width]) / width
    return result


def envelope(values: FloatArray, mask: BoolArray) -> FloatArray:
    """Background of (..., 951) grid values: running minimum over 181 cm-1, smoothed with sigma 60 cm-1.

    `mask` is (951,); masked points take no part. Where nothing is near, the result is 0.
    """
    lowest = running_minimum(np.where(mask, values, np.inf), MINIMUM_POINTS)
    known: BoolArray = np.any(np.isfinite(lowest.reshape(-1, mask.size)), axis=0)  # the same in every row, by the mask
    return smoothed(lowest, known, SMOOTHING_POINTS)


def smoothed(values: FloatArray, known: BoolArray, width: int) -> FloatArray:
    """(..., N) values through three running means of `width` points, of what is known; 0 where nothing is near.

    `known` is (N,) where it is the same in every row: its means are then taken once.
    """
    total, weight = np.where(known, values, 0.0), known.astype(np.float64)
    for _ in range(SMOOTHING_PASSES):
        total, weight = running_mean(total, width), running_mean(weight, width)
    result: FloatArray = np.divide(total, weight, out=np.zeros_like(total), where=weight > NOTHING_NEAR)
    return result


def band_part(values: FloatArray, mask: BoolArray) -> FloatArray:
    """(..., 951) values above their envelope, never negative, 0 where masked."""
    return np.where(mask, np.maximum(values - envelope(values, mask), 0.0), 0.0)
