"""A device's state as JSON, and back with every value checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from ..errors import CalibrationError
from .calibration import Calibration, Line
from .check import Check
from .polynomial import Polynomial
from .response import Response
from .standing import DeviceState

SCHEMA_VERSION = 1


def state_json(state: DeviceState) -> dict[str, Any]:
    """The JSON object of a device's state: schema_version, calibration, check (null when none was made)."""
    return {
        "schema_version": SCHEMA_VERSION,
        "calibration": calibration_json(state.calibration),
        "check": None if state.check is None else check_json(state.check),
    }


def calibration_json(calibration: Calibration) -> dict[str, Any]:
    """The JSON object of a calibration."""
    fields = asdict(calibration)
    return {**fields, "made_at": calibration.made_at.isoformat(), "expires_on": calibration.expires_on.isoformat()}


def check_json(check: Check) -> dict[str, Any]:
    """The JSON object of a check."""
    return {**asdict(check), "at": check.at.isoformat()}


def calibration_id(calibration: Calibration) -> str:
    """SHA-256 of a calibration's canonical JSON."""
    text = json.dumps(calibration_json(calibration), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def parse_state(text: str, *, source: str) -> DeviceState:
    """The state that `state_json` wrote.

    Parameters
    ----------
    source : names the file in a message.

    Raises
    ------
    CalibrationError
        It is no JSON, of another schema version, or a value is missing or wrong; says which.
    """
    try:
        fields = json.loads(text)
        version = fields["schema_version"]
        if version != SCHEMA_VERSION:
            raise CalibrationError(
                f"{source}: schema version {version!r}, and this program reads {SCHEMA_VERSION}: update quayscan, or"
                " calibrate again"
            )
        check = fields["check"]
        return DeviceState(
            calibration=_calibration(fields["calibration"]), check=None if check is None else _check(check)
        )
    except KeyError as exc:
        raise CalibrationError(f"{source}: {exc} is missing: calibrate again") from exc
    except (TypeError, ValueError) as exc:
        raise CalibrationError(f"{source}: damaged ({exc}): calibrate again") from exc


def _calibration(fields: Mapping[str, Any]) -> Calibration:
    axis, response = fields["axis"], fields["response"]
    return Calibration(
        uid=str(fields["uid"]),
        board=str(fields["board"]),
        pixels=int(fields["pixels"]),
        axis=Polynomial(
            coefficients=_numbers(axis["coefficients"]),
            covariance=tuple(_numbers(row) for row in axis["covariance"]),
        ),
        laser_nm=float(fields["laser_nm"]),
        laser_sigma_nm=float(fields["laser_sigma_nm"]),
        standard=str(fields["standard"]),
        lamp_lines=_lines(fields["lamp_lines"]),
        standard_lines=_lines(fields["standard_lines"]),
        response=None if response is None else _response(response),
        made_at=_aware(fields["made_at"]),
        expires_on=date.fromisoformat(fields["expires_on"]),
    )


def _response(fields: Mapping[str, Any]) -> Response:
    return Response(
        shift_cm1=_numbers(fields["shift_cm1"]), relative=_numbers(fields["relative"]), standard=str(fields["standard"])
    )


def _check(fields: Mapping[str, Any]) -> Check:
    return Check(
        at=_aware(fields["at"]),
        standard=str(fields["standard"]),
        passed=fields["passed"] is True,
        limit_cm1=float(fields["limit_cm1"]),
        line_cm1=_numbers(fields["line_cm1"]),
        error_cm1=_numbers(fields["error_cm1"]),
    )


def _lines(rows: list[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(
        Line(pixel=float(row["pixel"]), true=float(row["true"]), residual=float(row["residual"])) for row in rows
    )


def _numbers(values: list[Any]) -> tuple[float, ...]:
    return tuple(float(one) for one in values)


def _aware(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"the time {text} has no zone")
    return moment
