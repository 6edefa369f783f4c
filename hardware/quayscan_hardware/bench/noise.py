"""Shot noise and read noise."""

from __future__ import annotations

import numpy as np

from ..board import FloatArray


def collect(expected_e: FloatArray, read_noise_e: float, rng: np.random.Generator) -> FloatArray:
    """Electrons of one frame, (P,): a Poisson draw of the expected ones plus Gaussian read noise."""
    electrons = rng.poisson(expected_e).astype(np.float64)
    electrons += read_noise_e * rng.standard_normal(expected_e.size)
    return electrons
