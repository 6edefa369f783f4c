"""How often a mixture, or what lies behind a wall, is named after something that is not there.

The unmixing has fixed thresholds and no score that a pool could be compared with: its rate is counted. In each trial of
`false_alarms.csv` the library lacks one substance of the sample (tests/accuracy/mixture_null.py); it is false where a
component is named that the sample does not hold. Trials of one sample are not independent: each sample counts once, by
the share of its trials that are false. With k false of n the next one is false at a rate of (k + 1) / (n + 1).
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Rule = Literal["mixture", "wall"]
"""Which trials: mixtures that the library lacks a part of, or contents behind a wall's own scan that it lacks."""

FILE = "false_alarms.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRate:
    """What the trials of one rule say.

    Attributes
    ----------
    false : sum over the samples of the share of false trials. n : samples. substances : that the library lacked.
    entries : references of the library that they were compared with.
    """

    false: float
    n: int
    substances: int
    entries: int

    def rate(self, entries: int) -> float:
        """The rate for a library of so many references: more of them offer more chances (Bonferroni)."""
        return min(1.0, self._chances(entries) * (self.false + 1) / (self.n + 1))

    def smallest(self, entries: int) -> float:
        """The smallest rate that so few samples can state."""
        return min(1.0, self._chances(entries) / (self.n + 1))

    def _chances(self, entries: int) -> float:
        return max(1.0, entries / self.entries)


@cache
def counted_rate(rule: Rule, *, shipped: bool) -> CountedRate:
    """The rate of a rule, for the library that ships or for one of measured spectra.

    Walls were tried with measured spectra alone: the references that ship come from the unit that scanned the walls.
    """
    kind = "shipped" if shipped and rule == "mixture" else "spectra"
    table = csv.DictReader(_table().decode().splitlines())
    rows = [row for row in table if (row["rule"], row["library"]) == (rule, kind)]
    return CountedRate(
        false=sum(int(row["false"]) / int(row["trials"]) for row in rows),
        n=len(rows),
        substances=len({row["substance"] for row in rows}),
        entries=int(rows[0]["entries"]),
    )


@cache
def counts_sha256() -> str:
    """SHA-256 of the counts that ship, which every recipe contains."""
    return hashlib.sha256(_table()).hexdigest()


def _table() -> bytes:
    return files("quayscan.match.mixture").joinpath(FILE).read_bytes()
