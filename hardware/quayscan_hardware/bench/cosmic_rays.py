"""Cosmic rays: rare hits of one to four pixels, in dark and light frames alike, each in one frame only."""

from __future__ import annotations

import numpy as np

from ..board import FloatArray

MEAN_CHARGE_E = 8000.0
"""Mean charge of a hit beyond the least one: some tens of micrometres of silicon at 80 e-/um (chosen)."""

LEAST_CHARGE_E = 1500.0
MAX_PIXELS = 4


def add_cosmic_rays(electrons: FloatArray, rate_per_s: float, seconds: float, rng: np.random.Generator) -> int:
    """Add this frame's hits to `electrons` (P,) in place and return how many there were."""
    hits = int(rng.poisson(rate_per_s * seconds))
    for _ in range(hits):
        width = int(rng.integers(1, MAX_PIXELS + 1))
        first = int(rng.integers(0, electrons.size - width))
        charge = LEAST_CHARGE_E + rng.exponential(MEAN_CHARGE_E)
        electrons[first : first + width] += charge * rng.dirichlet(np.ones(width))
    return hits
