"""`Driver`: one session with the board under test, on a link that can be spoiled."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import numpy as np

from quayscan_wire import faults, states

from ..device import DeviceClient, ScanSettings
from ..errors import DeviceError, RigViolation, SafetyFault
from ..exposure import Exposure
from ..keys import DeviceKeys
from .deadline import Deadline
from .ledger import Ledger
from .resource import Resources
from .spoiled_link import SpoiledLink

BOOT_S = 20.0
BEAT_S = 0.1
TRIES = 3
STARVED = 0.75
"""Of heartbeat and one-shot: a host, or a virtual board's program, that rested for so long may have been too late."""

GRACE_S = 15.0


class Driver:
    """What cases do with a device.

    Attributes
    ----------
    device : the session, or a RigViolation when none is open. link : its link. ledger : told of all exposures.
    longest_beat_s : since `begin_watch`, the longest time between two heartbeats that were meant to come regularly; a
        computer that is busy makes it longer than a board may bear.
    """

    def __init__(self, resources: Resources, ledger: Ledger, keys: DeviceKeys, rng: np.random.Generator) -> None:
        self._resources = resources
        self._keys = keys
        self._rng = rng
        self._client: DeviceClient | None = None
        self._link: SpoiledLink | None = None
        self.ledger = ledger
        self.longest_beat_s = 0.0
        self._first_pass = 0

    def begin_watch(self) -> None:
        """From now on notice whether this computer is too busy."""
        truth = self._resources.truth
        self.longest_beat_s = 0.0
        self._first_pass = 0 if truth is None else truth.lines.passes

    @property
    def starved(self) -> bool:
        """Whether this computer kept the host from its heartbeats, or a virtual board's program from its passes."""
        safety, truth = self._resources.board.safety, self._resources.truth
        late = 1e3 * self.longest_beat_s > STARVED * safety.heartbeat_ms
        kept = truth is not None and 1e3 * truth.lines.longest_gap_s(self._first_pass) > STARVED * safety.one_shot_ms
        return late or kept

    @property
    def device(self) -> DeviceClient:
        """The session."""
        if self._client is None:
            raise RigViolation("no session is open: the board has no power, or did not answer")
        return self._client

    @property
    def link(self) -> SpoiledLink:
        """The link of the session."""
        if self._link is None:
            raise RigViolation("no link is open: the board has no power")
        return self._link

    def open(self) -> DeviceClient:
        """Open a session, as soon as the board answers.

        Raises
        ------
        RigViolation
            It does not within the time.
        """
        self.close()
        deadline = Deadline(BOOT_S, "a session")
        while True:
            try:
                self._link = SpoiledLink(self._resources.open_link(), self._rng)
                self._client = DeviceClient(self._link, self._keys)
                return self._client
            except DeviceError as exc:
                self.close()
                if not deadline.left_s:
                    raise RigViolation(f"the board opens no session within {BOOT_S:g} s: {exc}") from exc

    def close(self) -> None:
        """Let go of the link."""
        if self._link is not None:
            self._link.close()
        self._client = self._link = None

    @property
    def is_open(self) -> bool:
        """Whether there is a session."""
        return self._client is not None

    def status(self) -> dict[str, Any]:
        """A fresh STATUS, which is a heartbeat; what the device said unasked before it shows in its fault."""
        with contextlib.suppress(SafetyFault):
            return self._seen(self.device.status())
        return self._seen(self.device.status())

    def abort(self) -> None:
        """Stop any exposure; what the device said unasked before is left to its state."""
        with contextlib.suppress(SafetyFault):
            return self.device.abort()
        return self.device.abort()

    def _seen(self, status: dict[str, Any]) -> dict[str, Any]:
        self.ledger.announced(status)
        return status

    def attend(self, seconds: float) -> dict[str, Any]:
        """Send heartbeats for so long; the last status."""
        end, status = time.monotonic() + seconds, self.status()
        while (left := end - time.monotonic()) > 0:
            status = self._beat(min(left, BEAT_S))
        return status

    def _beat(self, pause_s: float) -> dict[str, Any]:
        """A STATUS after a pause; how long both took together is noted."""
        began = time.monotonic()
        time.sleep(pause_s)
        status = self.status()
        self.longest_beat_s = max(self.longest_beat_s, time.monotonic() - began)
        return status

    def until_state(self, state: int, within_s: float) -> dict[str, Any]:
        """Send heartbeats until the device is in a safety state.

        Raises
        ------
        RigViolation
            It is not within the time; says which fault it latched instead, if any.
        """
        deadline = Deadline(within_s, f"state {states.name(state)}")
        while (status := self._beat(0.005))["state"] != state:
            if not deadline.left_s or (status["state"] == states.FAULT and state != states.FAULT):
                said = f"state {states.name(status['state'])}, fault {status['fault']}"
                raise RigViolation(f"the device did not come to {states.name(state)}: {said}")
        return status

    def measure(self, settings: ScanSettings) -> Exposure:
        """One exposure, whole, compared with the truth, and released; again when this computer was too busy for it.

        Raises
        ------
        RigViolation
            It ended with a fault.
        """
        for _ in range(TRIES - 1):
            try:
                return self._measure_once(settings)
            except (RigViolation, SafetyFault):
                if not self.starved:
                    raise
            self.abort()
            self.device.clear()
        return self._measure_once(settings)

    def _measure_once(self, settings: ScanSettings) -> Exposure:
        exposure_id = self.begin(settings)
        status = self.until_idle(settings)
        for exposure in self.take():
            if exposure.exposure_id == exposure_id:
                return exposure
        raise RigViolation(f"exposure {exposure_id} ended with {faults.name(status['last_end'])} and did not arrive")

    def begin(self, settings: ScanSettings) -> int:
        """Start an exposure; its id."""
        return self.device.begin(settings)

    def until_idle(self, settings: ScanSettings) -> dict[str, Any]:
        """Wait for the end of a running exposure."""
        deadline = Deadline(settings.longest_s(3 * settings.averages) + GRACE_S, "the end of the exposure")
        while (status := self._beat(0.01))["job"] != states.JOB_IDLE:
            if not deadline.left_s:
                raise RigViolation(f"an exposure of {settings.averages} frames did not end in time")
        return status

    def take(self) -> list[Exposure]:
        """All finished exposures, oldest first, each compared with the truth before it is released."""
        taken = []
        while exposure_id := self.status()["exposure_id"]:
            exposure = self.device.fetch(exposure_id)
            self.ledger.delivered(exposure)
            self.device.release(exposure_id)
            taken.append(exposure)
        return taken
