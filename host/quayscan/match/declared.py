"""Is it what the papers say? Evidence for the declared references, and how usual its score is for true declarations.

The pool holds the scores that true declarations reached on real spectra, over substances, instruments and lasers, each
against a library from another instrument. A score that k of the n true ones do not exceed has p = (k + 1) / (n + 1):
a low p says that true goods rarely fit so badly (V. Vovk, A. Gammerman, G. Shafer, "Algorithmic Learning in a Random
World", Springer 2005, chapter 2). False declarations decide the threshold: it lies in the middle, in atanh, of the gap
between the highest score of a false declaration and the lowest of a true one.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from ..library import Library
from ..preprocess import Features
from ..preprocess.grid import FloatArray
from .evidence import Evidence
from .match import judge
from .options import MatchOptions

THRESHOLD = 0.931
"""tanh of the middle between 1.50 (mineral oil declared as heptane, 532 nm) and 1.83 (sugar at 633 nm, weak)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrueScores:
    """Scores of true declarations: (n,) float64, ascending, read-only."""

    scores: FloatArray

    @property
    def n(self) -> int:
        """Number of true declarations."""
        return int(self.scores.size)

    def p_value(self, score: float) -> float:
        """How usual it is that a true declaration scores no better than this, 1/(n + 1) to 1."""
        return (int(np.searchsorted(self.scores, score, side="right")) + 1) / (self.n + 1)


@cache
def true_scores() -> TrueScores:
    """The pool that ships, of `true_scores.csv`."""
    text = files("quayscan.match").joinpath("true_scores.csv").read_text(encoding="utf-8")
    scores = np.sort(np.array([float(row["score"]) for row in csv.DictReader(text.splitlines())]))
    scores.setflags(write=False)
    return TrueScores(scores=scores)


def declared_evidence(
    features: Features, library: Library, declared: frozenset[str], options: MatchOptions | None = None
) -> tuple[Evidence, ...]:
    """Evidence for every reference of the declared substances, best score first; empty when the library has none.

    Computed references are left out: they are too rough to confirm or refute a declaration.

    Parameters
    ----------
    features : the prepared spectrum.
    library : references on the same grid.
    declared : substance ids.
    """
    rows = [
        row
        for row, reference in enumerate(library.references)
        if reference.substance in declared and reference.grade != "computed"
    ]
    return judge(features, library, rows, options) if rows else ()
