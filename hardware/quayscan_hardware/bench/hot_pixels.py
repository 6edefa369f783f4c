"""Hot pixels: a few pixels whose dark current is many times the others'."""

from __future__ import annotations

import numpy as np

from ..board import Detector, FloatArray


def hot_factors(detector: Detector, rng: np.random.Generator, scale: float) -> FloatArray:
    """Factor on each pixel's dark current, (P,): 1, and for the hot ones about `hot_factor`."""
    factors = np.ones(detector.pixels)
    places = rng.choice(detector.pixels, detector.hot_pixels, replace=False)
    strengths = rng.exponential(detector.hot_factor, detector.hot_pixels)
    factors[places] += scale * strengths
    return factors
