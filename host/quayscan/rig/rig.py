"""`Rig`: a board under test with all that cases need around it."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from quayscan_hardware.board import Board
from quayscan_hardware.rig import Event
from quayscan_hardware.rig.controller import LIGHT_TEMP, MARK, SAFE
from quayscan_wire import faults, states

from ..device import ScanSettings
from ..errors import DeviceError, RigViolation, SafetyFault
from ..keys import DeviceKeys
from .deadline import Deadline
from .driver import Driver
from .ledger import Ledger
from .resource import Resources
from .result import Latency
from .strategy import State, Strategy
from .watch import CLOCK_MS, SHARED_MS, Cause, check_emissions, off_latency

QUICK = ScanSettings(exposure_us=2_000, averages=2)
"""The exposure by which a board shows that it has recovered."""

ANSWERED_S = 0.003
"""A heartbeat that is answered within this time was heard within it."""

MARKED_S = 0.1
"""For how long such a heartbeat is tried for, while the light is on."""

SETTLED_S = 0.1
"""Over the time that the board gives its light to follow: for the answers to a look at it."""


class Rig:
    """One board on one rig, for one case after the other.

    Attributes
    ----------
    board : the definition by which it is judged. rng : of the running case. latencies : of the running case.
    recovery_s : of the running case, None before `recover`. found : what metrology has measured already, by name.
    """

    def __init__(self, resources: Resources, keys: DeviceKeys, rng: np.random.Generator) -> None:
        self.resources = resources
        self.board: Board = resources.board
        self.controller = resources.controller
        self.rng = rng
        self.ledger = Ledger(resources.truth)
        self.driver = Driver(resources, self.ledger, keys, rng)
        self.strategy = Strategy(resources, self.driver)
        self.slack_ms = SHARED_MS if resources.controller.shared_cpu else 0.0
        self.latencies: list[Latency] = []
        self.recovery_s: float | None = None
        self.found: dict[str, Any] = {}
        self._events: list[Event] = []

    def begin_case(self, rng: np.random.Generator) -> None:
        """Forget what the case before found."""
        self.rng = rng
        self.driver.begin_watch()
        self.controller.events()
        self._events = []
        self.latencies = []
        self.recovery_s = None

    @property
    def starved(self) -> bool:
        """Whether this computer kept host or board from running for as long as the board may do without."""
        return self.driver.starved

    def close(self) -> None:
        """Let go of the board and the rig."""
        self.driver.close()
        self.resources.close()

    # What cases do.

    def to(self, state: State) -> None:
        """Bring the board into a state of the strategy."""
        self.strategy.to(state)

    def drive(self, line: str, value: float) -> None:
        """Drive a line of the controller."""
        self.controller.drive(line, value)

    def make_safe(self) -> None:
        """Nothing that forbids light, nothing that asks for it; the parts whole."""
        for line, value in SAFE:
            if line in self.controller.lines:
                self.controller.drive(line, self.board.light.temp_c if line == LIGHT_TEMP else value)
        truth = self.resources.truth
        if truth is not None:
            truth.converter_stuck = truth.photodiode_stuck = None
            truth.indicator_works = truth.detector_works = True
        self.resources.break_parts({})

    def events(self) -> list[Event]:
        """All events of the running case so far."""
        self._events += self.controller.events()
        return list(self._events)

    def emit(self, *, most_s: float = 0.1) -> None:
        """Light on, for a random time up to `most_s`."""
        self.to(State.EMITTING)
        self.driver.attend(float(self.rng.uniform(0.0, most_s)))

    def await_dark(self, within_s: float = 2.0) -> None:
        """Send nothing until the board asks for light no more.

        Raises
        ------
        RigViolation
            It still does after that time.
        """
        end = time.monotonic() + within_s
        while self.controller.enabled():
            if time.monotonic() > end:
                raise RigViolation(f"the board still asks for light after {within_s:g} s")
            time.sleep(0.001)

    def check_off(self, line: str, value: float, *, grace_ms: float = 0.0, named: str = "") -> Latency:
        """The light went off in time after a line, called `named` in the result, took a value, and `grace_ms` passed.

        Raises
        ------
        RigViolation
            It did not. The campaign judges the 99th percentile; here a latency fails that is far beyond the limit.
        """
        limit_ms = grace_ms + self.board.rig.light_off_ms
        cause = Cause(line=line, value=value, named=named or line, limit_ms=limit_ms, grace_ms=grace_ms)
        latency = off_latency(self.events(), cause, self.controller.at_us)
        self.latencies.append(latency)
        if latency.gate_ms > limit_ms + self.board.rig.light_off_ms:
            raise RigViolation(
                f"light went off {latency.gate_ms:.1f} ms after {cause.named}: {limit_ms:g} is the limit"
            )
        return latency

    def check_silence(self, rate: float = 1.0) -> Latency:
        """Under light the host falls silent: the light goes off after the heartbeat's limit, on a clock of that rate.

        Raises
        ------
        RigViolation
            It goes off too late, too early or not at all, or the fault is not told.
        """
        heartbeat_ms = self.board.safety.heartbeat_ms / rate
        self._last_heartbeat()
        self.await_dark()
        latency = self.check_off(MARK, 1, grace_ms=heartbeat_ms, named="silence")
        if latency.wall_ms < heartbeat_ms - CLOCK_MS - self.slack_ms:
            raise RigViolation(f"light off {latency.wall_ms:.0f} ms after a heartbeat: it may stay {heartbeat_ms:.0f}")
        self.check_fault(faults.HEARTBEAT_LOST)
        return latency

    def _last_heartbeat(self) -> None:
        """A heartbeat whose time is known: the mark stands before it, its answer came at once.

        A computer that is busy may rest between the two; then another is sent.
        """
        deadline = Deadline(MARKED_S, "a heartbeat that is answered at once")
        while True:
            began = time.monotonic()
            self.drive(MARK, 1)
            self.driver.status()
            if time.monotonic() - began < ANSWERED_S or not deadline.left_s:
                return

    def check_fault(self, *codes: int) -> None:
        """The device latched one of these faults and no light is on.

        Raises
        ------
        RigViolation
            It latched another, or none.
        """
        status = self.driver.status()
        if status["fault"] not in codes or status["state"] != states.FAULT:
            due = " or ".join(faults.name(code) for code in codes)
            raise RigViolation(f"fault {faults.name(status['fault'])} is latched where {due} is due")
        dark = Deadline(self.board.light.follow_ms * 1e-3 + SETTLED_S, "the light's end, as the photodiode sees it,")
        dark.until(lambda: not self.driver.status()["inputs"] & states.INPUT_LIGHT)

    def check_refused(self, code: int) -> None:
        """A scan is refused with this fault.

        Raises
        ------
        RigViolation
            It is not.
        """
        try:
            self.driver.begin(QUICK)
        except (SafetyFault, DeviceError) as exc:
            if faults.name(code) in str(exc):
                return
            raise RigViolation(f"a scan was refused for another reason than {faults.name(code)}: {exc}") from exc
        self.driver.device.abort()
        raise RigViolation(f"a scan was not refused and {faults.name(code)} forbids it")

    def recover(self) -> None:
        """Everything is whole again: how long until the next exact exposure.

        Raises
        ------
        RigViolation
            The board does not recover within its limit.
        """
        began = time.monotonic()
        self.make_safe()
        self.to(State.IDLE)
        self.driver.measure(QUICK)
        self.recovery_s = time.monotonic() - began
        if self.recovery_s > self.board.rig.recovery_s:
            raise RigViolation(
                f"{self.recovery_s:.1f} s to the next exposure and {self.board.rig.recovery_s:g} s are the limit"
            )

    def check_invariants(self) -> None:
        """What must hold in every case: no light against the rules, no exposure wrong or lost."""
        check_emissions(self.events(), self.board, self.slack_ms)
        self.ledger.check()
