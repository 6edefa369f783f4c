"""The one grid on which near-infrared references are stored and compared."""

from __future__ import annotations

import numpy as np

from ..grid import FloatArray

START_NM = 900.0
STEP_NM = 4.0
POINTS = 201
"""Stored grid, 900 to 1700 nm in steps of 4: handheld scanners have points 3 to 6 nm apart."""

WINDOW_START_NM = 960.0
WINDOW_STOP_NM = 1648.0
WINDOW = slice(15, 188)
"""Compared range. Below, every substance of the development data shows the scanner's own bump; above, operators
disagree 45 times more than inside (spectra_lib/README.md)."""
WINDOW_POINTS = 173


def _grid() -> FloatArray:
    grid = START_NM + STEP_NM * np.arange(POINTS, dtype=np.float64)
    grid.setflags(write=False)
    return grid


GRID = _grid()
"""(201,) wavelength in nm, read-only."""
