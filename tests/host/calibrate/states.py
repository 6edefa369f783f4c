"""A calibration and its device's state, made by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from quayscan.calibrate import Calibration, Check, DeviceState
from quayscan.calibrate.calibration import Line
from quayscan.calibrate.polynomial import Polynomial, over_pixels
from quayscan.calibrate.response import Response
from quayscan_hardware import load_board

MADE = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
UID = "00" * 8
BOARD = load_board("raman785")


def calibration(**changed: Any) -> Calibration:
    nominal = over_pixels(BOARD.optics.wavelength_nm, BOARD.detector.pixels)
    size = len(nominal.coefficients)
    covariance = tuple(tuple(1e-6 if i == j else 0.0 for j in range(size)) for i in range(size))
    fields: dict[str, Any] = {
        "uid": UID,
        "board": "raman785",
        "pixels": BOARD.detector.pixels,
        "axis": Polynomial(coefficients=nominal.coefficients, covariance=covariance),
        "laser_nm": 785.1,
        "laser_sigma_nm": 0.02,
        "standard": "polystyrene",
        "lamp_lines": (Line(pixel=700.25, true=830.0326, residual=0.004),),
        "standard_lines": (Line(pixel=1200.5, true=1001.4, residual=-0.3),),
        "response": Response(shift_cm1=(200.0, 2400.0), relative=(1.0, 0.5), standard="srm2241"),
        "made_at": MADE,
        "expires_on": date(2027, 11, 25),
    }
    return Calibration(**{**fields, **changed})


def check(*, passed: bool, after: timedelta = timedelta(hours=2)) -> Check:
    return Check(
        at=MADE + after,
        standard="polystyrene",
        passed=passed,
        limit_cm1=3.0,
        line_cm1=(620.9, 1001.4),
        error_cm1=(0.4, 0.6) if passed else (4.1, -5.2),
    )


def state(last: Check | None = None) -> DeviceState:
    return DeviceState(calibration=calibration(), check=last)
