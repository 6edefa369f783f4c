"""How often a substance that the library lacks comes this near: conformal p-values, and the rate they can state.

The calibration is a pool of real spectra, pooled over substances and instruments, each compared with a library that
does not hold its substance: the best score of each is wrong by construction. The score is a ratio of chi-squares that
the noise model has standardised, so that the scores of different instruments are comparable (tests/accuracy shows
whether they are: the rate is kept on each instrument when it is left out of the pool).

A spectrum whose best score is exceeded by k of n wrong ones has p = (k + 1) / (n + 1): no rate under 1 / (n + 1) can be
stated. V. Vovk, A. Gammerman, G. Shafer, "Algorithmic Learning in a Random World", Springer 2005, chapter 2.
Noise hides the weak bands that tell alike substances apart: wrong scores of faint spectra are higher, and these have a
pool of their own, of the same spectra with noise added.
Spectra of one sample (a substance on one instrument) are not independent, least of all copies with other noise: each
sample counts once, by the share of its spectra that reach the score, and n is the number of samples.
R. Dunn, L. Wasserman, A. Ramdas, "Distribution-free prediction sets for two-layer hierarchical models", J. Am. Stat.
Assoc. 118 (2023) 2491.
A library of more entries offers more chances: p is multiplied by the ratio of the sizes (Bonferroni), never divided.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np

from ..errors import UsageError
from ..preprocess.grid import FloatArray

Channel = Literal["measured", "computed"]
"""Which score: that of measured and published references, or that of computed ones."""

DEFAULT_RATE = 0.01

MOST_RATE = 0.5
"""A rate above it states nothing: none is accepted, and where the library is so large that n samples can state no
smaller one, nothing is named."""

FAINT_CHI = 50.0
"""Chi-square a point of the background alone, under which a spectrum is faint: from here on wrong scores no longer
depend on it (development spectra with noise added)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NullScores:
    """Best wrong scores of spectra whose substance the library lacks.

    Attributes
    ----------
    scores : (S,) float64, ascending, read-only.
    entries : entries of the library that they were found in.
    weights : (S,) float64, what each counts; the weights of one sample's spectra add to 1. All 1 when None.
    substances : how many different substances they are of; None where nobody counted.
    """

    scores: FloatArray
    entries: int
    weights: FloatArray | None = None
    substances: int | None = None

    @property
    def n(self) -> int:
        """Number of samples."""
        return self.scores.size if self.weights is None else round(float(self.weights.sum()))

    def p_value(self, score: float, entries: int) -> float:
        """How often the best wrong score of a library of that many entries reaches `score`, 0 to 1."""
        first = int(np.searchsorted(self.scores, score, side="left"))
        above = self.scores.size - first if self.weights is None else float(self.weights[first:].sum())
        return min(1.0, self._chances(entries) * (above + 1) / (self.n + 1))

    def smallest(self, entries: int) -> float:
        """The smallest rate that can be stated for a library of that many entries."""
        return min(1.0, self._chances(entries) / (self.n + 1))

    def _chances(self, entries: int) -> float:
        return max(1.0, entries / self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A pool of null scores, applied to a library of so many entries."""

    null: NullScores
    entries: int

    @property
    def n(self) -> int:
        """Number of samples behind every p-value."""
        return self.null.n

    @property
    def smallest(self) -> float:
        """The smallest rate that can be stated."""
        return self.null.smallest(self.entries)

    @property
    def states_a_rate(self) -> bool:
        """Whether the library is small enough for the pool to say anything."""
        return self.smallest <= MOST_RATE

    def p_value(self, score: float) -> float:
        """How often a substance that the library lacks comes as near as `score`."""
        return self.null.p_value(score, self.entries)

    def kept_rate(self, asked: float) -> float:
        """The rate that is kept when `asked` is asked for: no smaller one than can be stated."""
        return max(asked, self.smallest)


@cache
def null_scores(channel: Channel, shipped: bool, faint: bool = False) -> NullScores:
    """The pool that ships, of `null_scores.csv`.

    Parameters
    ----------
    channel : which score.
    shipped : for the library that ships with quayscan; else for libraries of measured spectra.
    faint : for spectra whose background chi-square is under `FAINT_CHI`.
    """
    kind = "shipped" if shipped else "spectra"
    table = csv.DictReader(_table().decode().splitlines())
    return pool_of([row for row in table if (row["channel"], row["library"]) == (channel, kind)], faint=faint)


def pool_of(rows: Sequence[Mapping[str, str]], *, faint: bool = False) -> NullScores:
    """The pool of some rows of the table, each sample counted once.

    Parameters
    ----------
    rows : of one channel and library, by the table's columns. faint : take those of faint spectra.
    """
    mine = sorted((row for row in rows if _belongs(row, faint)), key=lambda row: float(row["score"]))
    samples = [(row["instrument"], row["substance"]) for row in mine]
    spectra = Counter(samples)
    scores, weights = np.array([float(row["score"]) for row in mine]), np.array([1 / spectra[one] for one in samples])
    for array in (scores, weights):
        array.setflags(write=False)
    substances = len({substance for _, substance in samples})
    return NullScores(scores=scores, entries=int(mine[0]["entries"]), weights=weights, substances=substances)


def _belongs(row: Mapping[str, str], faint: bool) -> bool:
    return float(row["chi"]) < FAINT_CHI if faint else not row["noise"]


@cache
def calibration_sha256() -> str:
    """SHA-256 of the pools that ship, which every recipe contains."""
    return hashlib.sha256(_table()).hexdigest()


def _table() -> bytes:
    return files("quayscan.match").joinpath("null_scores.csv").read_bytes()


def check_rate(rate: float) -> None:
    """Return when a false-alarm rate can be asked for.

    Raises
    ------
    UsageError
        It is not above 0 and at most 0.5.
    """
    if not 0 < rate <= MOST_RATE:
        raise UsageError(f"a false-alarm rate of {rate:g} cannot be kept: ask for one above 0 and at most 0.5")
