"""The background as a running minimum, and the band part above it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .grid import POINTS, STEP_CM1, BoolArray, FloatArray

WIDTH_CM1 = 181.0
SMOOTHING_CM1 = 60.0
"""Wider than any band group of the development data and narrower than fluorescence."""


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


def envelope(values: FloatArray, mask: BoolArray) -> FloatArray:
    """Background of (..., 951) grid values: running minimum over 181 cm-1, smoothed with sigma 60 cm-1.

    `mask` is (951,); masked points take no part. Where nothing is near, the result is 0.
    """
    width = int(WIDTH_CM1 / STEP_CM1) | 1
    lowest = running_minimum(np.where(mask, values, np.inf), width)
    known = np.isfinite(lowest)
    smooth = _smoother()
    weight = known @ smooth if known.ndim == 1 else known.astype(np.float64) @ smooth
    total = np.where(known, lowest, 0.0) @ smooth
    result: FloatArray = np.divide(total, weight, out=np.zeros_like(total), where=weight > 0)
    return result


def band_part(values: FloatArray, mask: BoolArray) -> FloatArray:
    """(..., 951) values above their envelope, never negative, 0 where masked."""
    return np.where(mask, np.maximum(values - envelope(values, mask), 0.0), 0.0)


@lru_cache(maxsize=1)
def _smoother() -> FloatArray:
    """(951, 951) Gaussian weights, columns unscaled; the caller divides by the weight that had data."""
    point = STEP_CM1 * np.arange(POINTS, dtype=np.float64)
    weights: FloatArray = np.exp(-0.5 * ((point[:, None] - point[None, :]) / SMOOTHING_CM1) ** 2)
    weights.setflags(write=False)
    return weights
