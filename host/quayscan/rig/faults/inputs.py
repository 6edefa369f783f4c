"""Switches and heat: a trigger that hangs, a laser that gets hot, an interlock that chatters."""

from __future__ import annotations

import time

import numpy as np

from quayscan_hardware.rig import Step
from quayscan_hardware.rig.controller import ENABLE, INTERLOCK, LIGHT_TEMP, POWER, TRIGGER
from quayscan_wire import faults

from ...errors import RigViolation
from ..case import FAULT, Case, Found
from ..resource import PROVISION
from ..rig import Rig
from ..strategy import State

ALONE_S = 3.4
"""Longer than a board waits for a host before its trigger may measure (firmware: 3 s)."""

RAMP_STEP_C = 0.5
CHATTER_US = (300, 6000)
"""A contact that bounces: openings and closings of a fraction of a millisecond up to some."""

OPEN_US = 40_000


def _stuck_trigger(rig: Rig) -> Found:
    """Held from power-up on, on a board that may measure by its trigger: it measures nothing."""
    rig.to(State.IDLE)
    if not rig.driver.device.info.provisioned:
        rig.driver.device.provision(standalone=True)
    rig.drive(TRIGGER, 1)
    rig.strategy.cycle_power()
    rig.driver.open()
    rig.driver.close()
    _stay_dark(rig, ALONE_S)
    rig.strategy.lost()
    rig.recover()
    _forget_key(rig)
    return Found(finding=f"held for {ALONE_S:g} s from power-up on, no light")


def _forget_key(rig: Rig) -> None:
    """Leave the board as it was: without a key."""
    rig.driver.device.maintain()
    rig.strategy.cycle_power()
    rig.to(State.IDLE)


def _stay_dark(rig: Rig, seconds: float) -> None:
    before = len(rig.events())
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if any(event.line == ENABLE and event.value for event in rig.events()[before:]):
            raise RigViolation("light came on by a trigger that hangs")
        time.sleep(0.05)


def _heat(rig: Rig) -> Found:
    """The laser warms past its limit under light: no trip before, off in time after."""
    limit_c = rig.board.light.temp_range_c[1]
    start_c = limit_c - RAMP_STEP_C * int(rig.rng.integers(3, 8))
    rig.emit(most_s=0.05)
    for temp_c in np.arange(start_c, limit_c + 0.01, RAMP_STEP_C):
        rig.drive(LIGHT_TEMP, float(temp_c))
        rig.driver.attend(0.02)
        if not rig.controller.enabled():
            raise RigViolation(f"light went off at {temp_c:.1f} degC and {limit_c:g} are allowed")
    hot_c = float(limit_c + rig.rng.uniform(0.1, 3.0))
    rig.drive(LIGHT_TEMP, hot_c)
    rig.await_dark()
    event = next(one for one in reversed(rig.events()) if one.line == LIGHT_TEMP)
    latency = rig.check_off(LIGHT_TEMP, event.value)
    rig.check_fault(faults.OVER_TEMPERATURE)
    rig.recover()
    return Found(finding=f"on up to {limit_c:g} degC, off {latency.gate_ms:.2f} ms after {hot_c:.1f} degC")


def _chatter(rig: Rig) -> Found:
    """The interlock bounces and then stays open: off in time after that, and never on again by itself."""
    rig.emit(most_s=0.05)
    bounces = int(rig.rng.integers(2, 9))
    steps = []
    for _ in range(bounces):
        closed_us, open_us = (int(one) for one in rig.rng.integers(*CHATTER_US, 2))
        steps += [
            Step(after_us=closed_us, line=INTERLOCK, value=0),
            Step(after_us=open_us, line=INTERLOCK, value=1),
        ]
    last = [Step(after_us=1000, line=INTERLOCK, value=0), Step(after_us=OPEN_US, line=INTERLOCK, value=1)]
    rig.controller.play([*steps, *last])
    rig.await_dark(0.05)
    latency = rig.check_off(INTERLOCK, 0)
    rig.check_fault(faults.INTERLOCK_OPEN, faults.LIGHT_MISMATCH)
    rig.driver.attend(0.1)
    if rig.controller.enabled():
        raise RigViolation("light came on again by itself after the interlock chattered")
    rig.recover()
    return Found(finding=f"{bounces} bounces, off {latency.gate_ms:.2f} ms after the opening that was seen")


INPUTS = (
    Case(
        name="stuck trigger",
        group=FAULT,
        injected="the trigger is held from power-up on, on a board that may measure by it",
        invariant="no light without a new press",
        run=_stuck_trigger,
        needs=frozenset({TRIGGER, POWER, PROVISION}),
    ),
    Case(
        name="over-temperature",
        group=FAULT,
        injected="the light's temperature rises by half degrees past its limit",
        invariant="light on within the limit, off in time beyond it",
        run=_heat,
        needs=frozenset({LIGHT_TEMP}),
    ),
    Case(
        name="interlock chatter",
        group=FAULT,
        injected="the interlock bounces 2 to 8 times for 0.3 to 6 ms, then stays open for 40 ms",
        invariant="light off in time after it stays open, and not on again by itself",
        run=_chatter,
        needs=frozenset({INTERLOCK}),
    ),
)
