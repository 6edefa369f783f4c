"""Stray light: part of all light that enters falls evenly on every pixel. None on a sound bench."""

from __future__ import annotations

from ..board import FloatArray


def spread(electrons: FloatArray, share: float) -> FloatArray:
    """Light (P,) of which `share` has left its place and lies evenly over the detector; none is lost."""
    even = share * float(electrons.mean())
    return (1.0 - share) * electrons + even
