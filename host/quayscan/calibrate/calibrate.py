"""`calibrate`: an exposure becomes a spectrum."""

from __future__ import annotations

import numpy as np

from quayscan_hardware import Board, load_board

from ..errors import DeviceRefused
from ..exposure import Exposure
from ..spectrum import Spectrum
from .noise import pixel_variance


def calibrate(exposure: Exposure, *, title: str = "") -> Spectrum:
    """The Raman spectrum of an exposure, on its board's nominal axis.

    Mean light counts minus mean dark counts, pixel by pixel, over the board's nominal wavelength polynomial and
    laser wavelength. No baseline is removed and no response is corrected: both are part of the comparison.

    Raises
    ------
    DeviceRefused
        The board is not known here, is no Raman board, or has another number of pixels.
    """
    board = _board(exposure)
    light = exposure.light_sum / exposure.averages
    dark = exposure.dark_sum / exposure.averages
    notes = () if exposure.authenticated else ("UNAUTHENTICATED: the device has no key to prove who it is.",)
    return Spectrum(
        axis=board.shift_cm1(),
        intensity=light - dark,
        variance=pixel_variance(light, dark, exposure.averages, board.detector),
        laser_nm=board.light.wavelength_nm,
        instrument=f"{exposure.board} {exposure.uid}",
        saturated_fraction=float(np.float64(exposure.saturated) / light.size),
        title=title,
        notes=notes,
    )


def _board(exposure: Exposure) -> Board:
    try:
        board = load_board(exposure.board)
    except ValueError as exc:
        raise DeviceRefused(f"the device calls itself {exposure.board!r}: {exc}") from exc
    if board.technique != "raman":
        raise DeviceRefused(f"board {board.name} measures {board.technique}: only Raman boards can be calibrated yet")
    if board.detector.pixels != exposure.light_sum.size:
        raise DeviceRefused(
            f"board {board.name} has {board.detector.pixels} pixels and the exposure {exposure.light_sum.size}:"
            " update the board's definition or the firmware"
        )
    return board
