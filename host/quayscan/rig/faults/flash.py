"""Flash that is full, and flash whose power goes in the middle of a write."""

from __future__ import annotations

from quayscan_hardware.rig.controller import POWER
from quayscan_wire import faults

from ...device import ScanSettings
from ...errors import DeviceError, DeviceRefused, LinkLost, RigViolation
from ..case import FAULT, Case, Found
from ..resource import PARTS, TRUTH
from ..rig import Rig
from ..strategy import State

DARK = ScanSettings(exposure_us=1_000, averages=1, light_off=True)
MOST = 64
"""Exposures after which flash must be full, on any board of the rig."""


def _full(rig: Rig) -> Found:
    """Exposures that nobody takes fill the flash: the next scan is refused, none is overwritten."""
    rig.to(State.IDLE)
    begun = 0
    while begun < MOST:
        try:
            rig.driver.begin(DARK)
        except DeviceRefused as exc:
            if exc.code not in (faults.STORE_FULL, faults.RING_FULL):
                raise
            break
        begun += 1
        rig.driver.until_idle(DARK)
    else:
        raise RigViolation(f"{MOST} exposures went into a flash that has less room")
    came = len(rig.driver.take())
    if came != begun:
        raise RigViolation(f"{came} of {begun} exposures came out of a full flash")
    rig.recover()
    return Found(finding=f"full after {begun}, refused the next, all {came} came back exact")


def _cut(rig: Rig) -> Found:
    """The power goes while an exposure is written: those before it are whole, it is whole or named as lost."""
    rig.to(State.IDLE)
    size = 12 * rig.board.detector.pixels
    rig.resources.break_parts({"flash_cut": int(rig.rng.integers(0, 2 * size))})
    rig.strategy.cycle_power()
    rig.to(State.IDLE)
    kept = _fill_until_cut(rig)
    rig.resources.break_parts({})
    rig.strategy.cycle_power()
    rig.driver.open()
    journal = rig.driver.device.journal()
    came = len(rig.driver.take())
    if came + journal.lost < kept:
        raise RigViolation(f"{came} exposures came and {journal.lost} are named as lost, of {kept} that went to flash")
    if journal.lost > 1:
        raise RigViolation(f"{journal.lost} exposures are lost by one power cut: at most one is being written")
    rig.driver.device.forget_losses(journal)
    rig.recover()
    return Found(finding=f"{came} whole, {journal.lost} named as lost, of {kept} that had begun to go to flash")


def _fill_until_cut(rig: Rig) -> int:
    """Exposures one after the other until the board is gone; how many had begun to go to flash for certain."""
    kept = 0
    for _ in range(MOST):
        try:
            rig.driver.begin(DARK)
            rig.driver.until_idle(DARK)
            kept = rig.driver.device.journal().stored
        except DeviceRefused:
            rig.driver.take()
        except (DeviceError, LinkLost):
            return kept
    raise RigViolation("the power was to fail while flash was written, and nothing was written")


FLASH = (
    Case(
        name="flash full",
        group=FAULT,
        injected="exposures that nobody takes, until one is refused",
        invariant="nothing is overwritten, all come back exact",
        run=_full,
        needs=frozenset({TRUTH}),
    ),
    Case(
        name="flash power cut",
        group=FAULT,
        injected="the power goes after a random number of bytes written to flash",
        invariant="at most the one being written is lost, and it is named",
        run=_cut,
        needs=frozenset({PARTS, TRUTH, POWER}),
    ),
)
