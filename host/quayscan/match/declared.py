"""Is it what the papers say? Evidence for the declared references, and how usual its score is for true declarations.

The pool holds the scores that true declarations reached on real spectra, over substances, instruments and lasers, each
against a library of another instrument. A score that k of the n true ones do not exceed has p = (k + 1) / (n + 1): a
low p says that true goods rarely fit so badly (V. Vovk, A. Gammerman, G. Shafer, "Algorithmic Learning in a Random
World", Springer 2005, chapter 2). With n near a hundred that alone could not refute at 1 %, so the threshold looks at
false declarations too: it lies in the middle, in atanh, between the highest score of a false one and the lowest of a
true one.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from ..library import Library
from ..preprocess import Features
from ..preprocess.grid import FloatArray
from .evidence import Evidence
from .match import judge, target_of
from .options import MatchOptions
from .residual import background_chi

FAINT_CHI = 3.0
"""Chi-square a point of the smooth background alone; under it bands are so faint that a true one may fit badly."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DeclaredStandard:
    """What declarations reach.

    Attributes
    ----------
    true_scores : (n,) float64, ascending, read-only. Of true declarations.
    threshold : a lower score does not fit.
    """

    true_scores: FloatArray
    threshold: float

    @property
    def n(self) -> int:
        """Number of true declarations."""
        return int(self.true_scores.size)

    def p_value(self, score: float) -> float:
        """How usual it is that a true declaration scores no better than this, 1/(n + 1) to 1."""
        return (int(np.searchsorted(self.true_scores, score, side="right")) + 1) / (self.n + 1)


def standard_of(rows: Sequence[Mapping[str, str]]) -> DeclaredStandard:
    """The standard that trials set.

    Parameters
    ----------
    rows : with `truth` ("yes" or "no") and `score`; at least one of each kind.
    """
    true, false = (
        np.sort(np.array([float(row["score"]) for row in rows if row["truth"] == truth])) for truth in ("yes", "no")
    )
    true.setflags(write=False)
    middle = (np.arctanh(true[0]) + np.arctanh(false[-1])) / 2
    return DeclaredStandard(true_scores=true, threshold=float(np.tanh(middle)))


def shipped_trials() -> tuple[Mapping[str, str], ...]:
    """The rows of `declared_scores.csv`: every true declaration, and of each spectrum the best false one."""
    text = files("quayscan.match").joinpath("declared_scores.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def shipped_standard() -> DeclaredStandard:
    """The standard of the trials that ship."""
    return standard_of(shipped_trials())


def faint(features: Features, options: MatchOptions | None = None) -> bool:
    """Whether a spectrum's bands are too faint to refute a declaration; such spectra are not in the pool either."""
    chosen = options if options is not None else MatchOptions()
    return background_chi(target_of(features), chosen.model) < FAINT_CHI


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
