"""The strongest band of a sample: its height and its place on the nominal axis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...calibrate.peaks import find_lines
from ...errors import RigViolation
from ...spectrum import FloatArray
from ..rig import Rig


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Height in counts, place in cm-1."""

    height: float
    shift_cm1: float


def strongest_band(rig: Rig, counts: FloatArray) -> Band:
    """The strongest narrow band.

    Raises
    ------
    RigViolation
        None stands out.
    """
    lines = find_lines(counts)
    if not len(lines):
        raise RigViolation("no band stands out: is the sample before the probe?")
    top = int(np.argmax(lines.height))
    pixel = np.arange(counts.size, dtype=np.float64)
    return Band(
        height=float(lines.height[top]), shift_cm1=float(np.interp(lines.pixel[top], pixel, rig.board.shift_cm1()))
    )
