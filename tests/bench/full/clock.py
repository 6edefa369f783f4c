"""Wall and processor time of a call; medians of calls taken in turn."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """Seconds on the wall and of this process's processor time."""

    wall: float
    cpu: float


def took(function: Callable[[], object]) -> Took:
    """What one call took."""
    wall, cpu = time.perf_counter(), time.process_time()
    function()
    return Took(wall=time.perf_counter() - wall, cpu=time.process_time() - cpu)


def in_turn(first: Callable[[], object], second: Callable[[], object], rounds: int) -> tuple[Took, Took, float, float]:
    """Medians of both, and the median ratios of the first to the second, by wall and by processor time."""
    pairs = [(took(first), took(second)) for _ in range(rounds)]
    firsts, seconds = zip(*pairs, strict=True)
    wall = float(np.median([one.wall / other.wall for one, other in pairs]))
    cpu = float(np.median([one.cpu / other.cpu for one, other in pairs]))
    return _median(firsts), _median(seconds), wall, cpu


def _median(all_took: tuple[Took, ...]) -> Took:
    return Took(
        wall=float(np.median([one.wall for one in all_took])), cpu=float(np.median([one.cpu for one in all_took]))
    )
