"""Classes: a substance's scans as one centre, and the spread of scans around their centres.

The score of a scan and a class is the cosine of their second derivatives, each point weighted by one over the variance
of scans around the centre of their class: a Mahalanobis distance with a diagonal covariance, made independent of the
scale. (The full covariance, shrunk, separated 11 substances by ten operators less well: 1.0 against 1.1 in atanh.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ...library import Library
from ...preprocess.grid import BoolArray, FloatArray
from ...preprocess.nir.derivative import second_derivative
from .spread import SPREAD_FLOOR, shipped_spread

LabelArray = NDArray[np.intp]
LEAST_SESSIONS = 3
"""Operators (or days, or instruments) from which on a library tells by itself how far scans of a substance spread."""

SESSION = "session"
"""Provenance of an entry: who measured it, and when; scans of one session stand or fall together."""

DOUBT = "doubt"
"""Provenance of an entry whose label something contradicts: what does."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NirClasses:
    """A near-infrared library, ready to be compared with.

    Attributes
    ----------
    substances : (C,) ids. rows : (M,) rows of the library that are heard: an entry in doubt has no say where its
        substance has others. label : (M,) class of each. session : (M,) session of each, as a number.
    curves : (M, 173) float64, their second derivatives at length 1.
    centres : (C, 173) float64, the means of their classes. weight : (173,) float64, one over the spread.
    """

    substances: tuple[str, ...]
    rows: LabelArray
    label: LabelArray
    session: LabelArray
    curves: FloatArray
    centres: FloatArray
    weight: FloatArray

    @property
    def sessions(self) -> int:
        """How many there are."""
        return int(np.unique(self.session).size)

    @property
    def own_spread(self) -> bool:
        """Whether the weights come from the library itself."""
        return self.sessions >= LEAST_SESSIONS


_CLASSES: WeakKeyDictionary[Library, NirClasses] = WeakKeyDictionary()


def classes_of(library: Library) -> NirClasses:
    """The classes of a near-infrared library; computed once and kept as long as the library lives."""
    found = _CLASSES.get(library)
    if found is None:
        found = _CLASSES[library] = _classes(library)
    return found


def _classes(library: Library) -> NirClasses:
    rows = _heard(library)
    references = [library.references[row] for row in rows]
    substances, label = _numbered([one.substance for one in references])
    sessions, session = _numbered([one.provenance.get(SESSION, "") for one in references])
    curves = unit(library.spectra[rows].astype(np.float64) @ second_derivative().T)
    centres = centres_of(curves, label, len(substances))
    own = len(sessions) >= LEAST_SESSIONS
    return NirClasses(
        substances=substances,
        rows=rows,
        label=label,
        session=session,
        curves=curves,
        centres=centres,
        weight=weight_of(curves, centres, label) if own else 1.0 / shipped_spread(),
    )


def _heard(library: Library) -> LabelArray:
    """Rows that are not in doubt, and all rows of a substance that has no other."""
    references = list(library.references)
    sound = {one.substance for one in references if DOUBT not in one.provenance}
    keep = [at for at, one in enumerate(references) if DOUBT not in one.provenance or one.substance not in sound]
    return np.array(keep, dtype=np.intp)


def _numbered(names: Sequence[str]) -> tuple[tuple[str, ...], LabelArray]:
    distinct, number = np.unique(np.array(names, dtype=object).astype(str), return_inverse=True)
    return tuple(str(name) for name in distinct), number.astype(np.intp)


def centres_of(curves: FloatArray, label: LabelArray, count: int) -> FloatArray:
    """(count, N) means of the rows with each label, at length 1; zeros where no row has it."""
    members = label == np.arange(count)[:, None]
    return unit(members @ curves)


def weight_of(curves: FloatArray, centres: FloatArray, label: LabelArray) -> FloatArray:
    """(N,) one over the variance of (M, N) curves around the centres of their classes, and a tenth of its mean."""
    variance = np.mean((curves - centres[label]) ** 2, axis=0)
    weight: FloatArray = 1.0 / (variance + SPREAD_FLOOR * variance.mean())
    return weight


def weighted_cosines(curves: FloatArray, others: FloatArray, weight: FloatArray, seen: BoolArray) -> FloatArray:
    """(K, C) cosines of (K, N) and (C, N) rows under a (N,) weight, over the points that are seen; -1 for zeros."""
    root = np.sqrt(weight) * seen
    cosines: FloatArray = unit(curves * root) @ unit(others * root).T
    empty = ~(others * root).any(axis=1)
    cosines[:, empty] = -1.0
    return cosines


def unit(rows: FloatArray) -> FloatArray:
    """(..., N) rows at length 1; rows of zeros stay zeros."""
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    result: FloatArray = np.divide(rows, length, out=np.zeros_like(rows, dtype=np.float64), where=length > 0)
    return result
