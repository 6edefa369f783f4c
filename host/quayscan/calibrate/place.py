"""Where this host keeps what it knows of each device."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from ..errors import CalibrationError
from ..keys.place import ENVIRONMENT, config_path
from .standing import DeviceState
from .state_json import parse_state, state_json


def state_path(uid: str, folder: Path | None = None) -> Path:
    """The file of a device; it need not exist.

    Parameters
    ----------
    folder : for settings; this user's own by default.

    Raises
    ------
    CalibrationError
        The id is no name of a file.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", uid):
        raise CalibrationError(f"{uid!r} is no device id: use up to 64 letters, digits, '-', '_' and '.'")
    return (config_path() if folder is None else folder) / "devices" / f"{uid}.json"


def load_state(uid: str, folder: Path | None = None) -> DeviceState | None:
    """What is known of a device; None when it was never calibrated here.

    Raises
    ------
    CalibrationError
        The file cannot be read, is damaged, or is another device's.
    """
    path = state_path(uid, folder)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as exc:
        raise CalibrationError(f"{path}: cannot be read ({exc}): repair or remove it, and calibrate again") from exc
    state = parse_state(text, source=str(path))
    if state.calibration.uid != uid:
        raise CalibrationError(f"{path}: is the calibration of {state.calibration.uid!r}: calibrate this device")
    return state


def save_state(state: DeviceState, folder: Path | None = None) -> Path:
    """Write what is known of a device in place of what was known; the file is whole or not there.

    Raises
    ------
    CalibrationError
        It cannot be written.
    """
    path = state_path(state.calibration.uid, folder)
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.write_text(json.dumps(state_json(state), indent=1, allow_nan=False) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as exc:
        raise CalibrationError(f"{path}: cannot be written ({exc.strerror}): set {ENVIRONMENT} elsewhere") from exc
    return path
