"""The cable and the host: cuts, errors, a reader that does not read, silence, a second host."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

from quayscan_hardware.impairment import Impairment
from quayscan_hardware.rig.controller import INTERLOCK, MARK
from quayscan_wire import faults, kinds, messages
from quayscan_wire.frame import encode_frame

from ...errors import DeviceError, LinkLost, PortNotFound, QuayscanError, RigViolation, SafetyFault
from ..case import FAULT, Case, Found
from ..deadline import Deadline
from ..rig import QUICK, Rig
from ..spoiled_link import SOUND
from ..strategy import State

TRIES = 5
"""Times that an exposure over a bad cable may end in a heartbeat lost, which is what the heartbeat is for."""

FLOOD = 600
"""STATUS requests whose answers nobody reads: twice what a pty and a USB endpoint hold."""


def _cut(rig: Rig) -> Found:
    """Somewhere in the transfer the cable goes; after it the exposure comes once and whole."""
    rig.to(State.IDLE)
    exposure_id = rig.driver.begin(QUICK)
    rig.driver.until_idle(QUICK)
    size = rig.driver.status()["size"]
    at = rig.driver.link.budget = int(rig.rng.integers(0, size))
    with contextlib.suppress(LinkLost):
        rig.driver.take()
    rig.driver.close()
    rig.strategy.lost()
    rig.recover()
    return Found(finding=f"cut after {at} of {size} bytes; exposure {exposure_id} came afterwards")


def _spoiled(impair: Callable[[Rig], Impairment]) -> Callable[[Rig], Found]:
    def run(rig: Rig) -> Found:
        rig.to(State.IDLE)
        bad = impair(rig)
        link = rig.driver.link
        link.to_device, link.to_host = bad, bad
        done = sum(_try_measure(rig) for _ in range(2))
        link.to_device = link.to_host = SOUND
        counts = rig.driver.device.counts
        rig.recover()
        return Found(
            finding=f"{done} of 2 exposures exact over it, {link.counts.flipped} bits flipped,"
            f" {link.counts.dropped} bytes dropped, {link.counts.doubled} doubled, {counts.chunks_again} chunks again"
        )

    return run


def _try_measure(rig: Rig) -> bool:
    """One exposure over a bad cable; when it ends dark because too many heartbeats were spoiled, again."""
    for _ in range(TRIES):
        try:
            rig.to(State.IDLE)
            rig.driver.measure(QUICK)
            return True
        except (SafetyFault, DeviceError, RigViolation):
            rig.strategy.state = State.IDLE
    return False


def _slow_reader(rig: Rig) -> Found:
    """Answers pile up unread while the light is on: the loop must go on, and see the interlock."""
    rig.emit(most_s=0.05)
    flood = b"".join(encode_frame(kinds.STATUS, 0x4000 + number, b"") for number in range(FLOOD))
    rig.driver.link.write(flood)
    time.sleep(float(rig.rng.uniform(0.02, 0.1)))
    rig.drive(INTERLOCK, 0)
    rig.await_dark()
    latency = rig.check_off(INTERLOCK, 0)
    deadline = Deadline(5.0, "the end of the answers")
    while rig.driver.link.read(0.05) and deadline.left_s:
        pass
    rig.check_fault(faults.INTERLOCK_OPEN, faults.LIGHT_MISMATCH)
    rig.recover()
    return Found(finding=f"{FLOOD} answers unread, off after {latency.gate_ms:.2f} ms")


def _silence(rig: Rig) -> Found:
    rig.emit()
    latency = rig.check_silence()
    rig.recover()
    return Found(finding=f"off {latency.gate_ms:.1f} ms after the last heartbeat, the fault is told")


def _two_hosts(rig: Rig) -> Found:
    """A second program opens the port: it is refused; and when it writes all the same, light needs somebody to ask."""
    rig.emit(most_s=0.05)
    refused = _second_refused(rig)
    hello = messages.pack_hello(1, bytes(rig.rng.bytes(16)))
    rig.driver.link.write(encode_frame(kinds.HELLO, int(rig.rng.integers(1, 0xFFFF)), hello))
    rig.await_dark(0.4)
    with contextlib.suppress(QuayscanError):
        rig.driver.device.status()
    rig.driver.close()
    rig.strategy.lost()
    rig.recover()
    word = "refused by the port" if refused else "let in by the port"
    return Found(finding=f"the second was {word}; its HELLO ended the first one's light")


def _second_refused(rig: Rig) -> bool:
    try:
        link = rig.resources.open_link()
    except PortNotFound:
        return True
    link.close()
    return False


def _case(name: str, run: Callable[[Rig], Found], injected: str, invariant: str, *needs: str) -> Case:
    return Case(name=name, group=FAULT, injected=injected, invariant=invariant, run=run, needs=frozenset(needs))


EXACT = "each exposure arrives once, whole and exact, or the device says that it ended"

LINK = (
    _case("mid-frame cut", _cut, "the cable is cut at a random byte of the transfer", EXACT),
    _case(
        "bit errors",
        _spoiled(lambda rig: Impairment(flip=float(10 ** rig.rng.uniform(-5.0, -3.5)))),
        "one bit in 3,000 to 100,000 bytes is flipped, both ways",
        EXACT,
    ),
    _case(
        "drops and doubles",
        _spoiled(
            lambda rig: Impairment(
                drop=float(10 ** rig.rng.uniform(-5.0, -3.7)),
                double=float(10 ** rig.rng.uniform(-5.0, -3.7)),
                repeat=float(rig.rng.uniform(0.0, 0.2)),
            )
        ),
        "bytes are lost and doubled, and up to a fifth of all pieces come twice",
        EXACT,
    ),
    _case(
        "slow reader",
        _slow_reader,
        "600 answers pile up unread, then the interlock opens",
        "light off in time",
        INTERLOCK,
    ),
    _case("host silence", _silence, "the host falls silent under light", "light off after the heartbeat's limit", MARK),
    _case(
        "two hosts",
        _two_hosts,
        "a second program opens the port and says HELLO under the first one's light",
        "the first one's light goes off, and its next session works",
    ),
)
