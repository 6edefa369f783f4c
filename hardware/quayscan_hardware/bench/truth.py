"""The truth about a scan: the exact frames that the bench delivered, to compare what a host received with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FRAMES_KEPT = 2048
"""Delivered frames that a bench remembers (15 MB at 3,648 pixels)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One delivered frame: its exact counts, (P,) uint16, its exposure, the share of it that had light."""

    counts: NDArray[np.uint16]
    exposure_us: int
    lit: float


def scan_sums(frames: Sequence[Frame], averages: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """(light_sum, dark_sum), (P,) uint32: the last `averages` frames, and as many before them.

    Raises
    ------
    ValueError
        When there are fewer than twice `averages` frames, or `averages` is below 1.
    """
    if averages < 1 or len(frames) < 2 * averages:
        raise ValueError(f"{len(frames)} frames were delivered: {max(2 * averages, 2)} are needed for that sum")
    counts = np.array([frame.counts for frame in frames[-2 * averages :]], dtype=np.uint32)
    light = counts[averages:].sum(axis=0, dtype=np.uint32)
    return light, counts[:averages].sum(axis=0, dtype=np.uint32)
