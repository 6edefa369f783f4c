"""`Check`: the outcome of a daily check against a standard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check against a standard.

    Attributes
    ----------
    at : aware. standard : its name. passed : every strong line lies within `limit_cm1`.
    line_cm1, error_cm1 : (L,) strong lines that were recognised; error is measured minus true.
    """

    at: datetime
    standard: str
    passed: bool
    limit_cm1: float
    line_cm1: tuple[float, ...]
    error_cm1: tuple[float, ...]

    @property
    def worst_cm1(self) -> float:
        """The largest error, with its sign."""
        return max(self.error_cm1, key=abs)
