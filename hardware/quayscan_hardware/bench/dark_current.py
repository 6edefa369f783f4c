"""Dark current: doubles each few degrees, differs a little from pixel to pixel."""

from __future__ import annotations

import numpy as np

from ..board import Detector, FloatArray


def dark_rate(detector: Detector, temp_c: float) -> float:
    """Mean dark current in electrons a second and pixel at a detector temperature in degrees Celsius."""
    doublings = (temp_c - detector.dark_reference_c) / detector.dark_doubling_c
    return detector.dark_e_per_s * float(np.exp2(doublings))


def dark_pattern(detector: Detector, rng: np.random.Generator, scale: float) -> FloatArray:
    """Each pixel's dark current over the mean, (P,): fixed for one device, never negative."""
    pattern = 1.0 + scale * detector.dark_spread * rng.standard_normal(detector.pixels)
    return np.maximum(pattern, 0.0)
