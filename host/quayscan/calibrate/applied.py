"""What this host knows of a device, applied to its exposure and told to the record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..exposure import Exposure
from ..spectrum import Spectrum
from .calibrate import calibrate
from .standing import DeviceState, warnings_of
from .state_json import calibration_id, check_json


def apply_state(
    exposure: Exposure, state: DeviceState | None, *, now: datetime, override: str = "", title: str = ""
) -> Spectrum:
    """The spectrum on the device's calibrated axis, or the nominal one where `state` is None, with what warns of it.

    Raises
    ------
    DeviceRefused, CalibrationError
        As `calibrate` says.
    """
    calibration = None if state is None else state.calibration
    return calibrate(exposure, calibration, title=title, remarks=warnings_of(state, now, override=override))


def applied_json(state: DeviceState | None, *, override: str = "") -> dict[str, Any] | None:
    """What a record needs to replay a calibrated scan; None for a device without a calibration.

    Its id, axis (coefficients over the position on the detector, -1 to +1), laser, response, the last check, and who
    answered for scanning although that failed.
    """
    if state is None:
        return None
    found = state.calibration
    response = found.response
    return {
        "sha256": calibration_id(found),
        "made_at": found.made_at.isoformat(),
        "expires_on": found.expires_on.isoformat(),
        "axis_nm": list(found.axis.coefficients),
        "laser_nm": found.laser_nm,
        "response": None
        if response is None
        else {"shift_cm1": list(response.shift_cm1), "relative": list(response.relative)},
        "check": None if state.check is None else check_json(state.check),
        "override": override if state.failed is not None else "",
    }
