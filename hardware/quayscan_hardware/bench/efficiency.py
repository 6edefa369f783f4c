"""The true efficiency curve: the board's nominal one times a slow ripple of this one instrument."""

from __future__ import annotations

import numpy as np

from ..board import Board, FloatArray

RIPPLE = 0.02
"""Largest departure from the nominal curve (chosen: coatings and glue differ by a few per cent)."""


def true_efficiency(board: Board, wavelength_nm: FloatArray, rng: np.random.Generator, scale: float) -> FloatArray:
    """Relative efficiency at each pixel, (P,), 1 at the nominal best; two slow waves over the range."""
    position = np.linspace(0.0, 1.0, wavelength_nm.size)
    phase = rng.uniform(0.0, 2.0 * np.pi, 2)
    waves = 0.7 * np.sin(2 * np.pi * position + phase[0]) + 0.3 * np.sin(4 * np.pi * position + phase[1])
    efficiency: FloatArray = board.response(wavelength_nm) * (1.0 + scale * RIPPLE * waves)
    return efficiency
