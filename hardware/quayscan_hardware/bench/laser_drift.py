"""Slow drift of the light's power: an Ornstein-Uhlenbeck process, stepped once a frame."""

from __future__ import annotations

import numpy as np

DRIFT_TIME_S = 60.0
"""The power forgets its past over about this long (chosen)."""


class LaserDrift:
    """The factor between set and true power, with standard deviation `spread` around 1."""

    def __init__(self, spread: float, rng: np.random.Generator) -> None:
        self._spread = spread
        self._rng = rng
        self._departure = spread * float(rng.standard_normal())

    @property
    def factor(self) -> float:
        """True power over set power, now."""
        return 1.0 + self._departure

    def step(self, seconds: float) -> float:
        """Move on by `seconds` of light and return the new factor."""
        keep = float(np.exp(-seconds / DRIFT_TIME_S))
        kick = self._spread * float(np.sqrt(1.0 - keep**2))
        self._departure = keep * self._departure + kick * float(self._rng.standard_normal())
        return self.factor
