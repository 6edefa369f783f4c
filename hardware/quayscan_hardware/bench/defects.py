"""Pixels that a knock or radiation has broken: every other one is dead, the rest glow."""

from __future__ import annotations

import numpy as np

from ..board import FloatArray

GLOW = 40.0
"""Dark current of a glowing pixel over a sound one (chosen)."""

_PLACES_SEED = 20


def break_pixels(response: FloatArray, dark_pattern: FloatArray, number: int) -> None:
    """Break so many pixels in place; where is the same for every instrument."""
    places = np.random.default_rng(_PLACES_SEED).choice(response.size, number, replace=False)
    dark_pattern[places[::2]] *= GLOW
    dark_pattern[places[1::2]] = 0.0
    response[places[1::2]] = 0.0
