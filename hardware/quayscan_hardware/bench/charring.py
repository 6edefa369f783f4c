"""Charring: past a dose of light a sample that cannot bear it turns dark, heats, and glows."""

from __future__ import annotations

GROWTH = 20.0
"""By how many times the light that comes back has grown after as much dose again (chosen: far beyond any drift)."""


def charring(dose_mj: float, burns_at_mj: float) -> float:
    """Factor on the light that comes back after a dose in millijoules: 1 until the sample burns."""
    return 1.0 + GROWTH * max(0.0, dose_mj - burns_at_mj) / burns_at_mj
