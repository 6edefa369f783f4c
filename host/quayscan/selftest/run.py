"""All checks, one after the other."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime

from quayscan_hardware import load_board
from quayscan_hardware.board import Board

from ..device import DeviceClient
from ..errors import CalibrationError, SafetyFault, UsageError
from .axis import NAME as SHIFT
from .axis import REMEDY as SHIFT_REMEDY
from .axis import check_shift
from .chain import check_chain
from .detector import check_detector
from .hands import Hands
from .light import check_light
from .outcome import Outcome

_STOPPED = "read what the device says, remove the cause, and test again"


def selftest(device: DeviceClient, *, hands: Hands | None, now: datetime) -> Iterator[Outcome]:
    """Test a device with polystyrene before its probe; outcomes as they come.

    Parameters
    ----------
    hands : opens key and interlock; without them the chain is tried only as far as messages reach.

    Raises
    ------
    UsageError
        The device's board is not known here.
    DeviceError
        The link failed, or the device refuses.
    """
    try:
        board = load_board(device.info.board)
    except ValueError as exc:
        raise UsageError(str(exc)) from exc
    yield from _guarded(device, ("dark level", "noise", "pixel defects"), lambda: check_detector(device, board))
    yield from _guarded(device, ("linearity", "light read-back"), lambda: check_light(device, board))
    yield from _guarded(device, ("interlock chain",), lambda: [check_chain(device, board, hands)])
    if board.selftest.shift_cm1:
        yield from _guarded(device, (SHIFT,), lambda: [_shift(device, board, now)])


def _guarded(device: DeviceClient, names: tuple[str, ...], check: Callable[[], list[Outcome]]) -> Iterator[Outcome]:
    """The outcomes of a group; all of it fails when the device latches a fault instead, which is then cleared."""
    try:
        yield from check()
    except SafetyFault as exc:
        with contextlib.suppress(SafetyFault):  # a cause that stays ends the next group likewise
            device.clear()
        for name in names:
            yield _ended(name, str(exc), _STOPPED)


def _shift(device: DeviceClient, board: Board, now: datetime) -> Outcome:
    try:
        return check_shift(device, board, now=now)
    except CalibrationError as exc:
        return _ended(SHIFT, str(exc), f"put polystyrene firmly before the probe; else {SHIFT_REMEDY}")


def _ended(name: str, finding: str, remedy: str) -> Outcome:
    return Outcome(name=name, passed=False, measured=None, limit=0.0, unit="", finding=finding, remedy=remedy)
