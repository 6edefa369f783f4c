"""Linearity: counts of the rig's lamp over the exposure, up to most of the converter's range."""

from __future__ import annotations

import numpy as np

from quayscan_hardware.rig.controller import STIMULUS

from ...spectrum import FloatArray
from ..case import METROLOGY, Case, Found
from ..rig import Rig
from .frames import mean_counts, offset_counts, unlit
from .transfer import EXPOSURE_US

SHARES = (0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8)
DRIVE = 0.8
FRAMES = 2


def _linearity(rig: Rig) -> Found:
    rig.resources.place("dark")
    offset = offset_counts(rig)
    times = [round(share * EXPOSURE_US) for share in SHARES]
    frames = [mean_counts(unlit(rig, one, FRAMES, DRIVE)) - offset for one in times]
    rig.drive(STIMULUS, 0.0)
    signal = _brightest(frames, rig.board.detector.adc_max - offset)
    rate = signal / np.array(times)
    weight = signal / signal.sum()
    worst = float(np.max(np.abs(rate / (rate @ weight) - 1)))
    limit = rig.board.rig.linearity
    return Found(
        finding=f"{signal[0]:.0f} to {signal[-1]:.0f} counts, worst {100 * worst:.2f} % off proportion",
        measured=worst,
        limit=limit,
        unit="of proportion",
        passed=worst <= limit,
        details={"exposure_us": times, "counts": [float(one) for one in signal]},
    )


def _brightest(frames: list[FloatArray], room: float) -> FloatArray:
    """Median over the brightest tenth of the pixels that have room in the longest frame, (T,) counts."""
    fits = frames[-1] < room - 10
    bright = fits & (frames[-1] >= np.quantile(frames[-1][fits], 0.9))
    return np.array([np.median(one[bright]) for one in frames])


LINEARITY = (
    Case(
        name="linearity",
        group=METROLOGY,
        injected="the rig's lamp for 10 to 160 ms",
        invariant="counts in proportion to the exposure",
        run=_linearity,
        needs=frozenset({STIMULUS, "place"}),
    ),
)
