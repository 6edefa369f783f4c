"""The one grid on which references are stored and spectra are compared."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

START_CM1 = 300.0
STOP_CM1 = 2200.0
STEP_CM1 = 2.0
POINTS = 951
"""Stored grid, 300 to 2200 cm-1 in steps of 2: wider than the window, so that a shift never runs off it."""

WINDOW_START_CM1 = 400.0
WINDOW_STOP_CM1 = 1800.0
WINDOW = slice(50, 751)
"""Matching window, 400 to 1800 cm-1: the range that every instrument of the development data covers."""
WINDOW_POINTS = 701

MAX_SHIFT_CM1 = 8.0
"""Handheld axes sit up to 7 cm-1 from ASTM E1840; the next grid step is allowed for."""
MAX_SHIFT_STEPS = 4


def _grid() -> FloatArray:
    grid = START_CM1 + STEP_CM1 * np.arange(POINTS, dtype=np.float64)
    grid.setflags(write=False)
    return grid


GRID = _grid()
"""(951,) Raman shift in cm-1, read-only."""


def window_position() -> FloatArray:
    """(701,) position within the matching window, -1 at its start and +1 at its end."""
    return np.linspace(-1.0, 1.0, WINDOW_POINTS)
