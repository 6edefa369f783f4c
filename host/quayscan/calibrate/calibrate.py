"""`calibrate`: an exposure becomes a spectrum."""

from __future__ import annotations

import numpy as np

from quayscan_hardware import Board, load_board

from ..errors import CalibrationError, DeviceRefused
from ..exposure import Exposure
from ..spectrum import FloatArray, Spectrum
from .ambient import ambient_share
from .calibration import Calibration
from .nir import calibrate_nir
from .noise import pixel_variance

NOTED_AT_CM1 = 1000.0
"""Where a note tells the axis' uncertainty: the middle of what is compared."""


def calibrate(
    exposure: Exposure, calibration: Calibration | None = None, *, title: str = "", remarks: tuple[str, ...] = ()
) -> Spectrum:
    """The spectrum of an exposure: Raman on the device's calibrated axis or its board's nominal one, or absorbance.

    Mean light counts minus mean dark counts, pixel by pixel. The response is corrected where the calibration has one.
    No baseline is removed: it is part of the comparison.

    Parameters
    ----------
    calibration : of this device; the board's nominal axis and laser when None.
    remarks : more notes for the spectrum.

    Raises
    ------
    DeviceRefused
        The board is not known here, or has another number of pixels.
    CalibrationError
        The calibration is another device's or another detector's.
    """
    board = _board(exposure)
    notes = () if exposure.authenticated else ("UNAUTHENTICATED: nothing proves which device measured this.",)
    if board.technique == "nir":
        return calibrate_nir(exposure, board, title=title, notes=notes)  # remarks are about the Raman axis
    light = exposure.light_sum / exposure.averages
    dark = exposure.dark_sum / exposure.averages
    axis, laser_nm, gain = _axis(board, exposure, calibration)
    return Spectrum(
        axis=axis,
        intensity=(light - dark) * gain,
        variance=pixel_variance(light, dark, exposure.averages, board.detector) * gain**2,
        laser_nm=laser_nm,
        instrument=f"{exposure.board} {exposure.uid}",
        saturated_fraction=float(np.float64(exposure.saturated) / light.size),
        ambient_share=ambient_share(dark, board.detector.adc_offset, board.detector.adc_max),
        title=title,
        notes=(*notes, *_axis_note(calibration), *remarks),
    )


def _axis(
    board: Board, exposure: Exposure, calibration: Calibration | None
) -> tuple[FloatArray, float, FloatArray | float]:
    """Axis in cm-1, laser in nm, and what the counts are multiplied with."""
    if calibration is None:
        return board.shift_cm1(), board.light.wavelength_nm, 1.0
    if (calibration.uid, calibration.pixels) != (exposure.uid, exposure.light_sum.size):
        raise CalibrationError(
            f"the calibration of {calibration.uid} with {calibration.pixels} pixels does not belong to device"
            f" {exposure.uid} with {exposure.light_sum.size}: calibrate this device"
        )
    axis = calibration.shift_cm1()
    gain = 1.0 if calibration.response is None else 1.0 / calibration.response(axis)
    return axis, calibration.laser_nm, gain


def _axis_note(calibration: Calibration | None) -> tuple[str, ...]:
    if calibration is None:
        return ()
    sigma = float(calibration.sigma_cm1(np.array([NOTED_AT_CM1]))[0])
    return (
        f"Axis calibrated on {calibration.made_at:%Y-%m-%d}: standard uncertainty {sigma:.1f} cm-1 at"
        f" {NOTED_AT_CM1:.0f} cm-1, laser {calibration.laser_nm:.2f} nm.",
    )


def _board(exposure: Exposure) -> Board:
    try:
        board = load_board(exposure.board)
    except ValueError as exc:
        raise DeviceRefused(f"the device calls itself {exposure.board!r}: {exc}") from exc
    if board.detector.pixels != exposure.light_sum.size:
        raise DeviceRefused(
            f"board {board.name} has {board.detector.pixels} pixels and the exposure {exposure.light_sum.size}:"
            " update the board's definition or the firmware"
        )
    return board
