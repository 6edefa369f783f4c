"""What a device's calibration and its last check allow today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..errors import CalibrationLocked
from .calibration import Calibration
from .check import Check

CHECK_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceState:
    """What a host knows of one device: its calibration, and the last check of it (None when none was made)."""

    calibration: Calibration
    check: Check | None = None

    @property
    def failed(self) -> Check | None:
        """The check that failed since the calibration was made; None when it stands."""
        made = self.calibration.made_at
        return self.check if self.check is not None and not self.check.passed and self.check.at >= made else None


def warnings_of(state: DeviceState | None, now: datetime, *, override: str = "") -> tuple[str, ...]:
    """Sentences for the verdict: not calibrated, expired, check overdue, check failed and who answers for it."""
    if state is None:
        return ("The axis is the board's nominal one: this device has no calibration (`quayscan device calibrate`).",)
    found = []
    if now.date() > state.calibration.expires_on:
        found.append(
            f"The device's calibration expired on {state.calibration.expires_on}: run `quayscan device calibrate`."
        )
    if state.failed is not None:
        who = f"; {override} answers for this scan" if override else ""
        found.append(f"The device FAILED its check on {state.failed.at:%Y-%m-%d %H:%M} UTC{who}.")
    elif now - _last_good(state) > CHECK_EVERY:
        found.append(
            f"The device's daily check is overdue (last good {_last_good(state):%Y-%m-%d %H:%M} UTC):"
            " run `quayscan device check`."
        )
    return tuple(found)


def _last_good(state: DeviceState) -> datetime:
    made = state.calibration.made_at
    return max(made, state.check.at) if state.check is not None and state.check.passed else made


def require_unlocked(state: DeviceState | None, *, override: str = "") -> None:
    """Return when the device may scan.

    Parameters
    ----------
    override : name of the person who answers for scanning with a device that failed its check.

    Raises
    ------
    CalibrationLocked
        The last check failed, and nobody answers for it.
    """
    failed = None if state is None else state.failed
    if failed is not None and not override.strip():
        raise CalibrationLocked(
            f"the device failed its check on {failed.at:%Y-%m-%d %H:%M} UTC ({failed.standard} is off by"
            f" {failed.worst_cm1:+.1f} cm-1, {failed.limit_cm1:g} are allowed): run `quayscan device calibrate`, or"
            " scan with --override and the name of who answers for it"
        )
