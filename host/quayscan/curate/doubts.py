"""What in a library a person should look at: labels that something contradicts, and names too near to tell apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from ..library import Doubt, Library, Reference
from ..preprocess.grid import BoolArray, FloatArray
from .names import group_of

ALIKE = 0.85
"""A spectrum this near to a shipped reference may be that substance: 60 of 61 right ones at 785 nm are."""

NEAR = 0.90
"""Two names this near are no further apart than two instruments' spectra of one substance (58 of 61 at 785 nm)."""

UNLIKE = 0.75
"""Nothing at 785 or 830 nm with the right label is less like the shipped reference of it (0.84 at the least)."""

BETTER = 0.02
"""Another substance must be nearer by this much to contradict a label that is not refuted outright."""

SURE = 0.95
"""A label that the shipped library does not know is contradicted only by a likeness that a mixture with the substance
does not reach (acetonitrile with toluene looks 0.93 like toluene)."""

PAIRS_UP_TO = 2000
"""Larger libraries are not searched for near pairs: the search grows with the square of the entries."""

GroupOf = Callable[[str], frozenset[str]]


def label_doubts(
    library: Library, second: Library, alike: FloatArray, *, group_of: GroupOf = group_of
) -> tuple[dict[int, Doubt], BoolArray]:
    """Rows whose label the `second` library contradicts with the doubt about each, and (M,) rows that it vouches for.

    Parameters
    ----------
    second : what is believed more, as the shipped library.
    alike : (M, N) likeness of the library's rows with the second's.
    group_of : substances that count as one; those of quayscan_spectra by default.
    """
    same = _same(library, second, group_of)
    own = np.max(alike, axis=1, initial=-1.0, where=same)
    others = np.where(same, -1.0, alike)
    best = np.argmax(others, axis=1)
    found: dict[int, Doubt] = {}
    for row, reference in enumerate(library.references):
        other = int(best[row])
        text = _label_text(reference, float(own[row]), second.references[other], float(others[row, other]))
        if text:
            found[row] = Doubt(kind="label", names=(source_of(reference),), text=text)
    vouched: BoolArray = own >= ALIKE
    vouched[list(found)] = False
    return found, vouched


def _label_text(reference: Reference, own: float, other: Reference, likeness_to_other: float) -> str:
    """The sentence, or "" where nothing contradicts the label. `own` is -1 where the label is not known."""
    looks = f"{source_of(reference)} is called {reference.name} and looks like {other.name} ({likeness_to_other:.2f})"
    if own == -1.0:
        return f"{looks}." if likeness_to_other >= SURE else ""
    if likeness_to_other >= ALIKE and likeness_to_other > own + BETTER:
        return f"{looks}, not like the shipped {reference.substance} ({own:.2f})."
    if own < UNLIKE:
        return f"{source_of(reference)} does not look like the shipped {reference.substance} ({own:.2f})."
    return ""


def repeat_doubts(
    library: Library, alike: FloatArray, *, vouched: BoolArray, doubted: Iterable[int]
) -> dict[int, Doubt]:
    """Rows that no other row of the same substance resembles, with the doubt about each.

    Parameters
    ----------
    alike : (M, M) symmetric likeness of the library's own rows.
    vouched : (M,) rows that stand whatever the others say.
    doubted : rows that are in doubt already: they are not asked about and have no say.
    """
    rows: dict[str, list[int]] = {}
    for row in sorted({*range(len(library))} - {*doubted}):
        rows.setdefault(library.references[row].substance, []).append(row)
    found: dict[int, Doubt] = {}
    for row in [row for together in rows.values() for row in together if not vouched[row]]:
        reference = library.references[row]
        best = max((float(alike[row, at]) for at in rows[reference.substance] if at != row), default=1.0)
        if best < UNLIKE:
            text = f"{source_of(reference)} does not look like the other spectra of {reference.name} ({best:.2f})."
            found[row] = Doubt(kind="repeat", names=(source_of(reference),), text=text)
    return found


def pair_doubts(
    library: Library, alike: FloatArray, *, doubted: Iterable[int], group_of: GroupOf = group_of
) -> tuple[Doubt, ...]:
    """Pairs of different substances that are as near as two spectra of one, nearest first, each pair of names once.

    Rows in `doubted` are left out: that a wrong label is near its true substance is no news.
    """
    near = np.triu(alike >= NEAR, 1) & ~_same(library, library, group_of)
    near[list(doubted), :] = near[:, list(doubted)] = False
    places = sorted(zip(*np.nonzero(near), strict=True), key=lambda at: -alike[at])
    found: dict[frozenset[str], Doubt] = {}
    for first, other in places:
        names = (library.references[int(first)].name, library.references[int(other)].name)
        text = f"{names[0]} and {names[1]} are as near as two spectra of one substance ({alike[first, other]:.2f})."
        found.setdefault(frozenset(name.lower() for name in names), Doubt(kind="pair", names=names, text=text))
    return tuple(found.values())


def source_of(reference: Reference) -> str:
    """Where an entry came from as far as it says: the file, else its name."""
    return reference.provenance.get("source") or reference.name


def _same(library: Library, second: Library, group_of: GroupOf) -> BoolArray:
    """(M, N) whether two rows are of one substance, or of two that count as one."""
    rows, columns = (np.array([min(group_of(one.substance)) for one in side.references]) for side in (library, second))
    same: BoolArray = rows[:, None] == columns
    return same
