"""What a sound board does: the handshake, an exact exposure, a fresh status, a chain that holds."""

from __future__ import annotations

import time
from collections.abc import Callable

from quayscan_hardware.rig.controller import INTERLOCK, KEY, MARK
from quayscan_wire import faults, states

from ..device import ScanSettings
from ..errors import RigViolation
from .case import FUNCTION, Case, Found
from .rig import Rig
from .strategy import State

OFTEN = 60
"""Of times that the interlock is asked: an answer of the pass before is seen only when the change and the question fall
into one pass of the program's loop."""

PASS_S = 0.004
"""About the longest pass: the change comes at any place in it."""


def _handshake(rig: Rig) -> Found:
    rig.strategy.lost()
    rig.to(State.IDLE)
    info = rig.driver.device.info
    if (info.board, info.pixels) != (rig.board.name, rig.board.detector.pixels):
        raise RigViolation(f"it says {info.board} with {info.pixels} pixels and {rig.board.name} is under test")
    return Found(finding=f"{info.board} {info.uid}, firmware {info.firmware} on {info.implementation}")


def _exposures(rig: Rig) -> Found:
    rig.to(State.IDLE)
    for _ in range(2):
        averages = int(rig.rng.integers(1, 6))
        exposure = rig.driver.measure(ScanSettings(exposure_us=int(rig.rng.integers(1000, 20000)), averages=averages))
        if exposure.averages != averages:
            raise RigViolation(f"{exposure.averages} averages came where {averages} were asked for")
        _require_dark(rig, int(exposure.dark_sum.sum()), exposure.averages)
    return Found(finding="each is the sum of the frames that were read")


def _require_dark(rig: Rig, dark_sum: int, averages: int) -> None:
    """Dark frames have at least half of the converter's offset: sums of nothing were never taken."""
    least = rig.board.detector.pixels * averages * rig.board.detector.adc_offset / 2
    if dark_sum < least:
        raise RigViolation("the dark sum holds less than the converter's offset: no dark frames were taken")


def _status(rig: Rig) -> Found:
    rig.to(State.IDLE)
    stale = 0
    for number in range(OFTEN):
        closed = number % 2
        rig.driver.status()
        time.sleep(float(rig.rng.uniform(0.0, PASS_S)))
        rig.drive(INTERLOCK, closed)
        told = rig.driver.status()["inputs"] & states.INPUT_INTERLOCK
        stale += bool(told) != bool(closed)
    rig.drive(INTERLOCK, 1)
    if stale:
        raise RigViolation(
            f"{stale} of {OFTEN} STATUS answers told an interlock that had changed before they were asked"
        )
    return Found(finding=f"{OFTEN} answers of {OFTEN} told the interlock as it was")


def _switch(line: str, code: int) -> Callable[[Rig], Found]:
    def run(rig: Rig) -> Found:
        rig.emit()
        rig.drive(line, 0)
        rig.await_dark()
        latency = rig.check_off(line, 0)
        rig.check_fault(code, faults.LIGHT_MISMATCH)  # the chain may drop the light between two samples of the program
        rig.drive(line, 1)
        rig.check_fault(code, faults.LIGHT_MISMATCH)
        rig.drive(line, 0)
        rig.driver.status()
        rig.check_refused(code)
        rig.recover()
        return Found(finding=f"off after {latency.gate_ms:.2f} ms, latched, refused while open")

    return run


def _heartbeat(rig: Rig) -> Found:
    rig.emit(most_s=0.05)
    latency = rig.check_silence()
    rig.recover()
    return Found(finding=f"off {latency.gate_ms:.1f} ms after the last heartbeat", measured=latency.gate_ms, unit="ms")


def _case(name: str, run: Callable[[Rig], Found], injected: str, invariant: str, *needs: str) -> Case:
    return Case(name=name, group=FUNCTION, injected=injected, invariant=invariant, run=run, needs=frozenset(needs))


FUNCTIONS = (
    _case("handshake", _handshake, "HELLO on a new link", "the board answers, and is the one that is under test"),
    _case("exposures", _exposures, "two scans", "each exposure is the sum of its own dark and light frames, exactly"),
    _case(
        "status", _status, "the interlock changes just before STATUS", "STATUS tells the inputs as they are", INTERLOCK
    ),
    _case(
        "interlock",
        _switch(INTERLOCK, faults.INTERLOCK_OPEN),
        "the interlock opens under light",
        "light off in time, latched, no scan while it is open",
        INTERLOCK,
    ),
    _case(
        "key",
        _switch(KEY, faults.KEY_OFF),
        "the key is turned off under light",
        "light off in time, latched, no scan while it is off",
        KEY,
    ),
    _case("heartbeat", _heartbeat, "the host falls silent under light", "light off after the heartbeat's limit", MARK),
)
"""In the order in which they are run."""
