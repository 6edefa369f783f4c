"""Right and wrong scores of a library, each session judged by the others, and the threshold between the two.

A right score is that of a scan and its own class; a wrong one the best of all other classes, as if the library lacked
the scan's substance. Classes and weights are made without the scan's session: no scan has a say in its own case.

How near a substance comes to its nearest neighbour is a property of the substance, not of a scan: of 550 scans of 11
substances, p-values know 11 cases. They come from the highest wrong score of each substance.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from weakref import WeakKeyDictionary

import numpy as np

from ...library import Library
from ...preprocess.grid import BoolArray, FloatArray
from .classes import LabelArray, NirClasses, centres_of, classes_of, weight_of, weighted_cosines

FILE = "scores.csv"
LOW, HIGH = 0.01, 0.99
"""Quantiles of right and of wrong scores between which the threshold lies: one odd scan must not move it."""

NEARER_WRONG = 0.4
"""Where between the two it lies: another operator or instrument costs right scores more than it lifts wrong ones."""

HIGHEST_SCORE = 0.9999


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScorePools:
    """Scores of scans whose answer is known. The arrays are ascending and read-only.

    Attributes
    ----------
    right : (R,) float64. wrong : (F,) float64, of a library without the scan's substance.
    strangers : (S,) float64, the highest wrong score of each substance.
    classes : how many the wrong ones were the best of.
    """

    right: FloatArray
    wrong: FloatArray
    strangers: FloatArray
    classes: int

    def __post_init__(self) -> None:
        for name in ("right", "wrong", "strangers"):
            ordered = np.sort(getattr(self, name))
            ordered.setflags(write=False)
            object.__setattr__(self, name, ordered)

    def threshold(self) -> float:
        """Two fifths of the way, in atanh, from the highest wrong to the lowest right score; never under the former."""
        ends = np.minimum([np.quantile(self.wrong, HIGH), np.quantile(self.right, LOW)], HIGHEST_SCORE)
        wrong, right = np.arctanh(ends)
        return float(np.tanh(max(wrong + NEARER_WRONG * (right - wrong), wrong)))


_POOLS: WeakKeyDictionary[Library, ScorePools] = WeakKeyDictionary()


def pools_of(library: Library) -> ScorePools:
    """A library's own pools where it has the sessions for it, else those that ship; computed once a library."""
    found = _POOLS.get(library)
    if found is None:
        classes = classes_of(library)
        found = _POOLS[library] = own_pools(classes) if classes.own_spread else shipped_pools()
    return found


def own_pools(classes: NirClasses) -> ScorePools:
    """The pools of classes with several sessions."""
    right, wrong = np.full(classes.label.size, -1.0), np.full(classes.label.size, -1.0)
    for session in np.unique(classes.session):
        inside = classes.session == session
        right[inside], wrong[inside] = _session_scores(classes, inside)
    return ScorePools(
        right=right[right > -1.0],
        wrong=wrong,
        strangers=highest_of_each(wrong, classes.label, len(classes.substances)),
        classes=len(classes.substances) - 1,
    )


def highest_of_each(wrong: FloatArray, label: LabelArray, count: int) -> FloatArray:
    """(count,) highest score of the scans with each label."""
    highest = np.full(count, -1.0)
    np.maximum.at(highest, label, wrong)
    return highest


def _session_scores(classes: NirClasses, inside: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Right and best wrong score of each scan of a session, by the classes of all other sessions."""
    curves, label = classes.curves[~inside], classes.label[~inside]
    centres = centres_of(curves, label, len(classes.substances))
    everywhere = np.ones(curves.shape[1], dtype=bool)
    scores = weighted_cosines(classes.curves[inside], centres, weight_of(curves, centres, label), everywhere)
    own = np.arange(scores.shape[0]), classes.label[inside]
    right = scores[own].copy()
    scores[own] = -1.0
    return right, scores.max(axis=1)


@cache
def shipped_pools() -> ScorePools:
    """The pools of the library that ships: scans by operators that its references were not made from."""
    text = files(__package__ or __name__).joinpath(FILE).read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    right, wrong = (np.array([float(row[side]) for row in rows]) for side in ("right", "wrong"))
    names, label = np.unique([row["substance"] for row in rows], return_inverse=True)
    strangers = highest_of_each(wrong, label.astype(np.intp), names.size)
    return ScorePools(right=right, wrong=wrong, strangers=strangers, classes=int(rows[0]["classes"]))
