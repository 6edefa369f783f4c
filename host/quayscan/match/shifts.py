"""Axis shifts at which two spectra are compared."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ..preprocess.grid import MAX_SHIFT_STEPS, WINDOW

Scalar = TypeVar("Scalar", bound=np.generic)

SHIFT_STEPS = np.arange(-MAX_SHIFT_STEPS, MAX_SHIFT_STEPS + 1)
"""Axis shifts that are tried, in grid steps; positive when the query's bands lie above the reference's."""


def stacked_shifts(values: NDArray[Scalar]) -> NDArray[Scalar]:
    """(9, 701) copies of (951,) values, each moved back by one of the shifts and cut to the window."""
    return np.stack([values[WINDOW.start + step : WINDOW.stop + step] for step in SHIFT_STEPS])
