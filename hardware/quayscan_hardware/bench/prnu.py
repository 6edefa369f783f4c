"""Pixel response non-uniformity: each pixel answers light a little differently, always in the same way."""

from __future__ import annotations

import numpy as np

from ..board import Detector, FloatArray


def pixel_response(detector: Detector, rng: np.random.Generator, scale: float) -> FloatArray:
    """Each pixel's response over the mean, (P,): fixed for one device, never negative."""
    response = 1.0 + scale * detector.response_spread * rng.standard_normal(detector.pixels)
    return np.maximum(response, 0.0)
