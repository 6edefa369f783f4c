"""`Strategy`: brings the board under test into a state, step by step, each step with a deadline.

OFF --power--> BOOTED --session, no fault, nothing waits--> IDLE --exposure begun--> ARMED --light--> EMITTING
 ^               |                                           ^  ^                     |                  |
 '-- power off --'                                           |  '------ abort --------'------ abort -----'
"""

from __future__ import annotations

import time
from dataclasses import replace
from enum import IntEnum

from quayscan_hardware.rig.controller import POWER
from quayscan_wire import states

from ..device import ScanSettings
from ..errors import RigViolation
from .deadline import LOOK_S, Deadline
from .driver import Driver
from .resource import Resources

STEP_S = 15.0
LIT = ScanSettings(exposure_us=80_000, averages=8)
"""The exposure of ARMED and EMITTING: light for 0.64 s, longer than the limit of any heartbeat."""


class State(IntEnum):
    """States of the strategy, in order."""

    OFF = 0
    BOOTED = 1
    IDLE = 2
    ARMED = 3
    EMITTING = 4


class Strategy:
    """Knows how to get from any state to any other; `state` is where it left the board."""

    def __init__(self, resources: Resources, driver: Driver) -> None:
        self.state = State.BOOTED
        self._resources = resources
        self._driver = driver
        self._has_power = POWER in resources.controller.lines

    def to(self, wanted: State) -> None:
        """Go there.

        Raises
        ------
        RigViolation
            The board did not follow within a step's deadline.
        """
        if wanted == State.OFF:
            self._power_off()
            return
        if self.state == State.OFF:
            self._power_on()
        if wanted == State.BOOTED:
            self._driver.close()
        else:
            self._idle()
            if wanted >= State.ARMED:
                self._arm(wanted)
        self.state = wanted

    def lost(self) -> None:
        """Something happened to the board: where it is now is not known, its power is on."""
        self.state = State.BOOTED

    def cycle_power(self) -> None:
        """Off and on; what was in memory alone is gone."""
        self._power_off()
        self._power_on()

    def _power_off(self) -> None:
        self._driver.close()
        if self._has_power:
            self._resources.controller.drive(POWER, 0)
        self._driver.ledger.power_lost()
        self.state = State.OFF

    def _power_on(self) -> None:
        if self._has_power:
            self._resources.controller.drive(POWER, 1)
        self.state = State.BOOTED

    def _idle(self) -> None:
        """A session, no exposure, no fault, nothing that waits."""
        driver = self._driver
        if not driver.is_open or self.state == State.BOOTED:
            driver.open()
        driver.abort()
        if driver.status()["state"] == states.FAULT:
            self._clear()
        driver.take()

    def _clear(self) -> None:
        deadline = Deadline(STEP_S, "clearing a fault whose cause is gone")
        while self._driver.status()["state"] == states.FAULT:  # a filament may still glow, which is a cause
            self._driver.device.clear()
            if not deadline.left_s:
                raise RigViolation(f"the device stays in FAULT for {STEP_S:g} s after its cause is gone")
            time.sleep(LOOK_S)

    def _arm(self, wanted: State) -> None:
        """Begin an exposure: its dark frames are ARMED; EMITTING waits until the light is on."""
        frame_us = min(LIT.exposure_us, self._resources.board.detector.max_exposure_us)
        self._driver.begin(replace(LIT, exposure_us=frame_us))
        if wanted == State.EMITTING:
            self._driver.until_state(states.EMITTING, STEP_S)
