"""Full well: where more light brings no more counts, or the converter ends before it."""

from __future__ import annotations

import numpy as np

from quayscan_hardware.rig.controller import STIMULUS

from ..case import METROLOGY, Case, Found
from ..rig import Rig
from .frames import pair
from .transfer import EXPOSURE_US, measure_transfer

OVER = 2
"""Exposure over the one in which the lamp fills the well."""

TOP = 0.1
"""Share of the pixels, the brightest, whose plateau is taken: no pixel at the detector's ends, none that is dead."""


def _full_well(rig: Rig) -> Found:
    transfer, detector = measure_transfer(rig), rig.board.detector
    exposure_us = min(OVER * EXPOSURE_US, detector.max_exposure_us)
    counts = pair(rig, exposure_us, 1.0).mean
    rig.drive(STIMULUS, 0.0)
    plateau = float(np.quantile(counts, 1 - TOP / 2))
    clipped = plateau > detector.adc_max - 2
    electrons = (plateau - transfer.offset) * transfer.gain
    nominal = min(detector.full_well_e, (detector.adc_max - detector.adc_offset) * detector.gain_e_per_count)
    missing = max(0.0, 1 - electrons / nominal)
    what = "the converter's end, the well is larger" if clipped else "the well is full"
    return Found(
        finding=f"{electrons:.4g} e-: {what}; nominal {nominal:.4g}",
        measured=missing,
        limit=rig.board.rig.full_well,
        unit="missing of nominal",
        passed=missing <= rig.board.rig.full_well,
        details={"full_well_e": electrons, "converter_ends_first": clipped},
    )


WELL = (
    Case(
        name="full well",
        group=METROLOGY,
        injected="more of the rig's lamp than the detector holds",
        invariant="the well holds what the definition says",
        run=_full_well,
        needs=frozenset({STIMULUS}),
    ),
)
