"""`NirMatchResult`: all evidence about one near-infrared spectrum."""

from __future__ import annotations

from dataclasses import dataclass

from ..evidence import MatchResult


@dataclass(frozen=True, slots=True, kw_only=True)
class NirMatchResult(MatchResult):
    """Evidence, one a class, and the least score that counts as a scan of the class.

    `least_score` lies halfway between what scans of the right substance score, and the best of all others: a substance
    that the library lacks may come nearer than those that it was calibrated on, and still is none of them.
    """

    least_score: float
