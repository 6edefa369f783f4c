"""What in a near-infrared library a person should look at: labels that the shipped library or other operators refute.

A sample that was exchanged brings all of its repeats along, so that scans of its own session vouch for nothing: each
scan is compared with the sessions of the others, the nearest of them counting. One exchanged sample among several
operators then contradicts itself only. Points are weighted by the shipped spread: that of a library with exchanged
samples is too wide just where they differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ..errors import LibraryError
from ..library import NIR, Doubt, Library, Reference
from ..match.nir.classes import DOUBT, SESSION, centres_of, classes_of, weighted_cosines
from ..match.nir.spread import shipped_spread
from ..preprocess.grid import BoolArray, FloatArray
from .doubts import ALIKE, BETTER, UNLIKE, label_doubts, pair_doubts, source_of
from .names import group_of


def find_nir_doubts(library: Library, second: Library) -> tuple[set[int], tuple[Doubt, ...]]:
    """Rows whose label is in doubt, and all doubts: labels, sessions, near pairs.

    Parameters
    ----------
    second : near-infrared library that labels are checked against.

    Raises
    ------
    LibraryError
        When `second` is of another technique.
    """
    if second.axis != NIR:
        raise LibraryError(
            f"library {second.name} holds {second.axis.technique} spectra: check against a near-infrared one"
        )
    library = replace(library, references=marked(library.references, {}))  # every entry is heard, whatever was said
    labels, vouched = label_doubts(library, second, nir_likeness(library, second))
    sessions = session_doubts(library, vouched=vouched, doubted=labels)
    doubted = {*labels, *sessions}
    pairs = pair_doubts(library, _own_likeness(library, doubted), doubted=doubted)
    return doubted, (*labels.values(), *sessions.values(), *pairs)


def marked(references: Sequence[Reference], doubts: Mapping[int, str]) -> tuple[Reference, ...]:
    """The references, those of the rows given with their doubt in the provenance, all others without one."""
    found = []
    for row, one in enumerate(references):
        plain = {key: value for key, value in one.provenance.items() if key != DOUBT}
        found.append(replace(one, provenance={**plain, **({DOUBT: doubts[row]} if row in doubts else {})}))
    return tuple(found)


def nir_likeness(library: Library, second: Library) -> FloatArray:
    """(M, N) weighted cosines of second derivatives of a library's rows with the second's."""
    curves, others = classes_of(library), classes_of(second)
    return weighted_cosines(curves.curves, others.curves, others.weight, _everywhere(curves.curves))


def session_doubts(library: Library, *, vouched: BoolArray, doubted: Iterable[int]) -> dict[int, Doubt]:
    """Rows that look like another substance of other sessions, or unlike their own there, with the doubt about each.

    Parameters
    ----------
    vouched : (M,) rows that stand whatever the others say.
    doubted : rows that are in doubt already: they are not asked about and have no say.
    """
    classes = classes_of(library)
    heard = np.ones(len(library), dtype=np.bool_)
    heard[list(doubted)] = False
    nearest = _nearest_sessions(library, heard)
    groups = np.array([min(group_of(one)) for one in classes.substances])
    found: dict[int, Doubt] = {}
    for row in np.flatnonzero(heard & ~vouched):
        same = groups == groups[classes.label[row]]
        own = float(np.max(nearest[row][same]))
        others = np.where(same, -1.0, nearest[row])
        best = int(np.argmax(others))
        text = _text(library, int(row), own, classes.substances[best], float(others[best]))
        if text:
            source = source_of(library.references[int(row)])
            found[int(row)] = Doubt(kind="repeat", names=(source,), text=text)
    return found


def _text(library: Library, row: int, own: float, other: str, likeness: float) -> str:
    """The sentence, or "" where nothing contradicts the label. `own` is -1 where no other session has the substance."""
    reference = library.references[row]
    called = f"{source_of(reference)} is called {reference.name} and"
    if own > -1.0 and likeness >= ALIKE and likeness > own + BETTER:
        return f"{called} looks like the {other} of other operators ({likeness:.2f}), not like theirs ({own:.2f})."
    if -1.0 < own < UNLIKE:
        return f"{called} does not look like that of other operators ({own:.2f})."
    return ""


def _nearest_sessions(library: Library, heard: BoolArray) -> FloatArray:
    """(M, C) likeness of each row with each substance, as the nearest other session has it; -1 where none has it."""
    classes = classes_of(library)
    nearest = np.full((len(library), len(classes.substances)), -1.0)
    for session in np.unique(classes.session):
        rows = heard & (classes.session == session)
        centres = centres_of(classes.curves[rows], classes.label[rows], len(classes.substances))
        likeness = weighted_cosines(classes.curves, centres, 1.0 / shipped_spread(), _everywhere(classes.curves))
        likeness[classes.session == session] = -1.0
        nearest = np.maximum(nearest, likeness)
    return nearest


def _own_likeness(library: Library, doubted: Iterable[int]) -> FloatArray:
    """(M, M) likeness of the rows' classes without the doubted rows: that of single scans is blurred by noise."""
    classes = classes_of(library)
    heard = np.ones(len(library), dtype=np.bool_)
    heard[list(doubted)] = False
    centres = centres_of(classes.curves[heard], classes.label[heard], len(classes.substances))
    alike = weighted_cosines(centres, centres, 1.0 / shipped_spread(), _everywhere(centres))
    return alike[np.ix_(classes.label, classes.label)]


def _everywhere(curves: FloatArray) -> BoolArray:
    return np.ones(curves.shape[1], dtype=np.bool_)


def session_of(folder: str, instrument: str) -> dict[str, str]:
    """Provenance of one session: a folder of files is one operator's, measured on one instrument."""
    return {SESSION: f"{folder}, {instrument}"}
