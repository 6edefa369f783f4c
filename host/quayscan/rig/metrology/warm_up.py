"""From power-up on: how far the axis creeps until it has settled."""

from __future__ import annotations

import time

from quayscan_hardware.rig.controller import POWER

from ..case import METROLOGY, Case, Found
from ..resource import PLACE
from ..rig import Rig
from .bands import strongest_band
from .frames import before, default_scan

FRAMES = 4
LOOKS = 8
STANDARD = "polystyrene"


def _warm_up(rig: Rig) -> Found:
    rig.resources.place(STANDARD)
    rig.strategy.cycle_power()
    began, looks = time.monotonic(), []
    for number in range(LOOKS):
        due = began + rig.resources.warm_up_s * number / (LOOKS - 1)
        time.sleep(max(0.0, due - time.monotonic()))
        band = strongest_band(rig, before(rig, STANDARD, default_scan(rig, FRAMES)))
        looks.append((time.monotonic() - began, band.shift_cm1))
    moved = max(one[1] for one in looks) - min(one[1] for one in looks)
    limit = rig.board.rig.warm_up_cm1
    return Found(
        finding=f"{moved:.2f} cm-1 within {looks[-1][0]:.0f} s of power-up",
        measured=moved,
        limit=limit,
        unit="cm-1",
        passed=moved <= limit,
        details={"seconds": [one[0] for one in looks], "shift_cm1": [one[1] for one in looks]},
    )


WARM_UP = (
    Case(
        name="warm-up",
        group=METROLOGY,
        injected="power off and on, then the same band again and again",
        invariant="the axis settles within its limit",
        run=_warm_up,
        needs=frozenset({PLACE, POWER}),
        raman_only=True,
    ),
)
