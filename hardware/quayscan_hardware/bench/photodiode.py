"""The photodiode that watches the light."""

from __future__ import annotations

from ..board import Light

PHOTODIODE_DARK = 20
"""Converter counts without light (chosen)."""


def photodiode_counts(power_mw: float, light: Light) -> int:
    """Converter counts at that much light."""
    return min(PHOTODIODE_DARK + round(power_mw * light.photodiode_counts_per_mw), 0xFFFF)
