"""Dark current at the detector's own temperature, and how many degrees double it."""

from __future__ import annotations

import numpy as np

from ..case import METROLOGY, Case, Found
from ..resource import HEAT, PLACE
from ..rig import Rig
from .frames import mean_counts, unlit

FRAMES = 4
LONG_FILL = 0.15
"""Share of the converter's range that the long exposure fills at the nominal dark current."""

TEMPERATURES_C = (10.0, 17.0, 24.0, 31.0)


def dark_current(rig: Rig) -> tuple[float, float]:
    """(electrons a second of the median pixel by the nominal gain, detector temperature in degC)."""
    detector = rig.board.detector
    full_s = (detector.adc_max - detector.adc_offset) * detector.gain_e_per_count / detector.dark_e_per_s
    long_us = int(min(1e6 * LONG_FILL * full_s, detector.max_exposure_us))
    short, long = (unlit(rig, one, FRAMES) for one in (detector.min_exposure_us, long_us))
    counts = float(np.median(mean_counts(long) - mean_counts(short)))
    seconds = (long.exposure_us - short.exposure_us) * 1e-6
    return counts * detector.gain_e_per_count / seconds, long.detector_temp_c


def nominal_dark(rig: Rig, temp_c: float) -> float:
    """Electrons a second that the definition has at a temperature."""
    detector = rig.board.detector
    return detector.dark_e_per_s * 2 ** ((temp_c - detector.dark_reference_c) / detector.dark_doubling_c)


def _dark(rig: Rig) -> Found:
    rig.resources.place("dark")
    current, temp_c = dark_current(rig)
    off = current / nominal_dark(rig, temp_c) - 1
    limit = rig.board.rig.dark_current
    return Found(
        finding=f"{current:.4g} e-/s at {temp_c:.1f} degC, nominal {nominal_dark(rig, temp_c):.4g}",
        measured=abs(off),
        limit=limit,
        unit="of nominal",
        passed=abs(off) <= limit,
        details={"dark_e_per_s": current, "detector_temp_c": temp_c},
    )


def _slope(rig: Rig) -> Found:
    rig.resources.place("dark")
    seen = []
    for temp_c in TEMPERATURES_C:
        rig.resources.heat(temp_c)
        seen.append(dark_current(rig))
    rig.resources.heat(rig.board.detector.temp_c)
    current, temp = np.array(seen).T
    slope = np.polyfit(temp, np.log2(np.maximum(current, 1e-3)), 1)[0]
    doubling = 1 / slope if slope > 0 else float("inf")
    off, limit = abs(doubling - rig.board.detector.dark_doubling_c), rig.board.rig.dark_doubling_c
    return Found(
        finding=f"doubles each {doubling:.2f} degC, nominal {rig.board.detector.dark_doubling_c:g}",
        measured=off,
        limit=limit,
        unit="degC",
        passed=off <= limit,
        details={"doubling_c": doubling, "temp_c": list(temp), "dark_e_per_s": list(current)},
    )


DARK = (
    Case(
        name="dark current",
        group=METROLOGY,
        injected="short and long frames with the probe capped",
        invariant="dark current as the definition says",
        run=_dark,
        needs=frozenset({PLACE}),
    ),
    Case(
        name="dark slope",
        group=METROLOGY,
        injected="the detector at 10 to 31 degC",
        invariant="dark current doubles as the definition says",
        run=_slope,
        needs=frozenset({PLACE, HEAT}),
    ),
)
