"""One sample again and again: how much its strongest band changes in height and place."""

from __future__ import annotations

import numpy as np

from ...errors import RigViolation
from ..case import METROLOGY, Case, Found
from ..resource import PLACE
from ..rig import Rig
from ..strategy import State
from .bands import strongest_band
from .frames import before, default_scan

TIMES = 8
FRAMES = 4
STANDARD = "polystyrene"


def _raman(rig: Rig) -> Found:
    seen = [strongest_band(rig, before(rig, STANDARD, default_scan(rig, FRAMES))) for _ in range(TIMES)]
    height = np.array([one.height for one in seen])
    place = np.array([one.shift_cm1 for one in seen])
    return _found(rig, height, float(np.std(place, ddof=1)))


def _near_infrared(rig: Rig) -> Found:
    rig.resources.place("caffeine")
    rig.to(State.IDLE)
    level = []
    for _ in range(TIMES):
        exposure = rig.driver.measure(default_scan(rig, FRAMES))
        if exposure.white_sum is None:
            raise RigViolation("no white frames came: the tile did not move")
        white = exposure.white_sum.astype(float) - exposure.dark_sum
        level.append(float(np.median((exposure.light_sum.astype(float) - exposure.dark_sum) / np.maximum(white, 1))))
    return _found(rig, np.array(level), 0.0)


def _found(rig: Rig, height: np.ndarray[tuple[int, ...], np.dtype[np.float64]], place_cm1: float) -> Found:
    spread, limits = float(np.std(height, ddof=1) / height.mean()), rig.board.rig
    return Found(
        finding=f"{TIMES} times: {100 * spread:.2f} % in height, {place_cm1:.3f} cm-1 in place",
        measured=spread,
        limit=limits.repeatability,
        unit="relative",
        passed=spread <= limits.repeatability and place_cm1 <= limits.repeatability_cm1,
        details={"height": list(height), "place_cm1": place_cm1},
    )


def _repeatability(rig: Rig) -> Found:
    return _raman(rig) if rig.board.technique == "raman" else _near_infrared(rig)


REPEATABILITY = (
    Case(
        name="repeatability",
        group=METROLOGY,
        injected="the same sample eight times",
        invariant="its strongest band stays in height and place",
        run=_repeatability,
        needs=frozenset({PLACE}),
    ),
)
