"""The true wavelength axis: the board's nominal polynomial plus a small error of this one instrument."""

from __future__ import annotations

import numpy as np

from ..board import Board, FloatArray

MAX_LASER_ERROR_NM = 0.02
"""0.3 cm-1 at 785 nm: line tolerance of a wavelength-stabilised diode (chosen)."""

MAX_AXIS_ERROR_NM = 0.095
"""1.5 cm-1 at 795 nm, so that laser and axis together stay within 2 cm-1."""

MAX_LAMP_AXIS_ERROR_NM = 1.0
"""Of a lamp's board, a third of its pixel (chosen: handheld scanners state 1 nm)."""


def true_laser_nm(board: Board, rng: np.random.Generator, scale: float) -> float:
    """The laser's actual wavelength in nm; `scale` 0 gives the nominal one, 1 the full tolerance."""
    return board.light.wavelength_nm + scale * MAX_LASER_ERROR_NM * float(rng.uniform(-1.0, 1.0))


def true_wavelength_nm(
    board: Board, rng: np.random.Generator, scale: float, shift_nm: float = 0.0, step_nm: float = 0.0
) -> FloatArray:
    """The wavelength on each pixel, (P,) nm: nominal plus offset, stretch and bow, and a slip and a step if any."""
    position = np.linspace(-1.0, 1.0, board.detector.pixels)
    most = MAX_AXIS_ERROR_NM if board.light.kind == "laser" else MAX_LAMP_AXIS_ERROR_NM
    offset, stretch, bow = rng.uniform(-1.0, 1.0, 3) * np.array([0.6, 0.25, 0.15]) * most
    error = offset + stretch * position + bow * (2.0 * position**2 - 1.0)
    wavelength: FloatArray = board.wavelength_nm() + scale * error + shift_nm + step_nm * (position > 0)
    return wavelength
