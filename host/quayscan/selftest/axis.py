"""Polystyrene's lines on the axis in use: the device's own calibration, or its board's nominal axis."""

from __future__ import annotations

from datetime import datetime, timedelta

from quayscan_hardware.board import Board
from quayscan_spectra.calibration_lines import shift_standard

from ..calibrate import Calibration, load_state
from ..calibrate.check_axis import check_axis
from ..calibrate.measure import measure_sample
from ..calibrate.polynomial import over_pixels
from ..device import DeviceClient, ScanSettings
from .outcome import Outcome, judged

STANDARD = "polystyrene"
NAME = "polystyrene shift"
REMEDY = "calibrate it (`quayscan device calibrate`), and test again"


def check_shift(device: DeviceClient, board: Board, *, now: datetime) -> Outcome:
    """The worst of polystyrene's strong lines against ASTM E1840.

    Raises
    ------
    CalibrationError
        It is not polystyrene that lies before the probe.
    """
    state = load_state(device.info.uid)
    calibration = _nominal(board, device.info.uid, now) if state is None else state.calibration
    settings = ScanSettings(exposure_us=board.scan.exposure_us, averages=board.scan.averages)
    standard = shift_standard(STANDARD)
    limit = board.selftest.shift_cm1
    done = check_axis(measure_sample(device, settings), calibration, standard, now=now, limit_cm1=limit)
    axis = "nominal axis" if state is None else "calibrated axis"
    return judged(
        NAME,
        abs(done.worst_cm1),
        limit,
        "cm-1",
        finding=f"worst of {len(done.line_cm1)} strong lines {done.worst_cm1:+.2f} cm-1 on the {axis}",
        remedy=REMEDY,
    )


def _nominal(board: Board, uid: str, now: datetime) -> Calibration:
    """The board's own axis in the form of a calibration."""
    return Calibration(
        uid=uid,
        board=board.name,
        pixels=board.detector.pixels,
        axis=over_pixels(board.optics.wavelength_nm, board.detector.pixels),
        laser_nm=board.light.wavelength_nm,
        laser_sigma_nm=0.0,
        standard="",
        lamp_lines=(),
        standard_lines=(),
        response=None,
        made_at=now,
        expires_on=(now + timedelta(days=1)).date(),
    )
