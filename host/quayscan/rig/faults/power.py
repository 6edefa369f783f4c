"""The supply goes: for long, as when the program is killed, or for an instant."""

from __future__ import annotations

import time

from quayscan_hardware.rig.controller import ENABLE
from quayscan_hardware.rig.controller import POWER as SUPPLY

from ...errors import RigViolation
from ..case import FAULT, Case, Found
from ..rig import Rig
from ..strategy import State

BROWN_OUT_S = 0.05
DARK_S = 0.5
"""In which the bench hears of its program's end; on a board the pull-down takes microseconds."""


def _killed(rig: Rig) -> Found:
    rig.emit()
    return _power_lost(rig, float(rig.rng.uniform(0.1, 0.3)), "killed under light")


def _brown_out(rig: Rig) -> Found:
    rig.to(State.ARMED)
    rig.driver.attend(float(rig.rng.uniform(0.0, 1.2)))
    return _power_lost(rig, float(rig.rng.uniform(0.0, BROWN_OUT_S)), "a dip at any moment of an exposure")


def _power_lost(rig: Rig, seconds: float, what: str) -> Found:
    """The supply goes for so long: no light meanwhile, nor after it came back."""
    rig.to(State.OFF)
    before = len(rig.events())
    rig.await_dark(DARK_S)
    time.sleep(seconds)
    rig.strategy.to(State.BOOTED)
    rig.driver.open()
    if any(event.line == ENABLE and event.value for event in rig.events()[before:]):
        raise RigViolation("the board asked for light by itself after it got its power back")
    rig.recover()
    return Found(finding=f"{what}: dark at once, the next session works")


POWER = (
    Case(
        name="kill",
        group=FAULT,
        injected="the supply goes (SIGKILL) under light, for 0.1 to 0.3 s",
        invariant="no light without power, none after it until a host asks",
        run=_killed,
        needs=frozenset({SUPPLY}),
    ),
    Case(
        name="brown-out",
        group=FAULT,
        injected="the supply dips for up to 50 ms at any moment of an exposure",
        invariant="no light without power, none after it until a host asks",
        run=_brown_out,
        needs=frozenset({SUPPLY}),
    ),
)
