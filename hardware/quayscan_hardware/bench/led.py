"""The rig's stimulus: a lamp of its own before the probe, broad and exactly steady, for the detector's own figures."""

from __future__ import annotations

import numpy as np

from ..board import Board, FloatArray

FILLS_IN_S = 0.2
"""At full drive the brightest pixel fills the full well in this time (chosen)."""

DIMMEST = 0.25
"""Light at the detector's ends over that in its middle (chosen): levels of many heights in each frame."""


def led_rate(board: Board) -> FloatArray:
    """Electrons a second of each pixel at full drive, (P,), before the pixels' own response."""
    position = np.linspace(-1.0, 1.0, board.detector.pixels)
    shape: FloatArray = DIMMEST + (1.0 - DIMMEST) * np.cos(0.5 * np.pi * position) ** 2
    return shape * board.detector.full_well_e / FILLS_IN_S
