"""Warming up: the spectrograph's axis creeps to its place after power-up. Not at all on a sound bench."""

from __future__ import annotations

import math

WARM_UP_S = 60.0
"""In which the distance from the end shrinks to 1/e (chosen: small spectrographs take minutes)."""


def settling_nm(warm_s: float, start_nm: float) -> float:
    """How far the light falls from its place, in nm, so long after power-up; `start_nm` at power-up itself."""
    return start_nm * math.exp(-warm_s / WARM_UP_S) if start_nm else 0.0
