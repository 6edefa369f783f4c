"""The chain that lets the light on: each link is opened, and the device must say so and stay dark."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

from quayscan_hardware.board import Board
from quayscan_wire import faults, states

from ..device import DeviceClient, ScanSettings
from ..errors import SafetyFault
from .hands import Hands
from .outcome import Outcome, judged

PATIENCE_S = 5.0
LIT_S = 4.8
"""How long the light would be on if nobody turned it off: many times any heartbeat's limit."""

SHORT = ScanSettings(exposure_us=20_000, averages=2)
REMEDY = "do not scan: this link does not open the chain; take the device out of service"


def check_chain(device: DeviceClient, board: Board, hands: Hands | None) -> Outcome:
    """How many links fail to keep the light off. Without hands only the heartbeat is tried; the finding says so."""
    failing = [] if _heartbeat(device, board) else ["heartbeat"]
    if hands is None:
        tried = "heartbeat; key and interlock were NOT tried"
    else:
        tried = "heartbeat, key, interlock"
        failing += _switch(device, "key", lambda on: hands.key(on=on), states.INPUT_KEY, faults.KEY_OFF)
        failing += _switch(
            device,
            "interlock",
            lambda closed: hands.interlock(closed=closed),
            states.INPUT_INTERLOCK,
            faults.INTERLOCK_OPEN,
        )
    found = f"does not hold: {', '.join(failing)}" if failing else "each keeps the light off"
    return judged("interlock chain", len(failing), 0, "links", finding=f"tried {tried}: {found}", remedy=REMEDY)


def _switch(device: DeviceClient, name: str, turn: Callable[[bool], None], bit: int, code: int) -> list[str]:
    """Open one switch: its input must follow, and a scan must be refused for it."""
    turn(False)
    try:
        follows = not device.status()["inputs"] & bit
        refused = _refused_for(device, code)
    finally:
        turn(True)
    return [] if follows and refused else [name]


def _refused_for(device: DeviceClient, code: int) -> bool:
    try:
        device.begin(SHORT)
    except SafetyFault as exc:
        return faults.name(code) in str(exc)
    device.abort()
    return False


def _heartbeat(device: DeviceClient, board: Board) -> bool:
    """Fall silent while the light is on: the device must turn it off by itself, and say why."""
    silence_s = (1.5 * board.safety.heartbeat_ms + board.light.follow_ms) * 1e-3
    frame_us = board.scan.exposure_us
    frames = max(2, round(LIT_S * 1e6 / frame_us))
    device.begin(ScanSettings(exposure_us=frame_us, averages=frames))
    deadline = time.monotonic() + frames * frame_us * 1e-6 + PATIENCE_S
    while device.status()["state"] != states.EMITTING:
        if time.monotonic() > deadline:
            device.abort()
            return False
    time.sleep(silence_s)
    with contextlib.suppress(SafetyFault):  # what the device said unasked, when the light went off
        device.status()
    status = device.status()
    held = status["fault"] == faults.HEARTBEAT_LOST and not status["inputs"] & states.INPUT_LIGHT
    device.abort()
    device.clear()
    if finished := device.pending():
        device.release(finished)
    return bool(held)
