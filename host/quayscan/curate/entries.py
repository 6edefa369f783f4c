"""Entries become a library: doubts are found, repeats joined, and what is doubtful kept or left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..errors import LibraryError
from ..library import NIR, Doubt, GridRow, Library, Reference, assemble, from_rows
from ..library.suited import counterpart
from .doubts import PAIRS_UP_TO, label_doubts, pair_doubts, repeat_doubts, source_of
from .likeness import likeness, own_likeness, rows_of
from .nir_doubts import find_nir_doubts, marked
from .repeats import joined, repeats_of

Entry = tuple[GridRow, Reference]


def curated(entries: Sequence[Entry], *, name: str, second: Library, strict: bool = False) -> Library:
    """The library of new spectra, with its doubts; repeats are joined.

    Near-infrared scans stay entries of their own: how far they spread is what a class is made of.

    Parameters
    ----------
    second : library that labels are checked against; in place of a shipped one that of the spectra's technique.
    strict : leave out every entry that a doubt names.

    Raises
    ------
    LibraryError
        There are no entries, or `strict` leaves none.
    """
    rows, references = [row for row, _ in entries], [reference for _, reference in entries]
    library = from_rows(rows, references, name=name)
    doubtful, doubts = find_doubts(library, second)
    if rows and rows[0].axis == NIR:
        scans = from_rows(rows, _with_doubts(references, doubtful, doubts), name=name, doubts=doubts)
        return without_doubtful(scans) if strict else scans
    groups = repeats_of(references, doubtful)
    if len(groups) < len(rows):
        ready = [joined([rows[at] for at in group], [references[at] for at in group]) for group in groups]
        library = from_rows([row for row, _ in ready], [reference for _, reference in ready], name=name)
    library = replace(library, doubts=doubts, doubt_count=len(doubts))
    return without_doubtful(library) if strict else library


def merged(libraries: Sequence[Library], *, name: str, second: Library, strict: bool = False) -> Library:
    """Several libraries as one; an entry that is there twice is taken once. Doubts are looked for anew.

    Raises
    ------
    LibraryError
        There are no entries, `strict` leaves none, or the libraries are of two techniques.
    """
    if len({library.axis.technique for library in libraries}) > 1:
        raise LibraryError(f"library '{name}' would hold Raman and near-infrared spectra: merge those of one technique")
    references = [one for library in libraries for one in library.references]
    spectra = np.concatenate([library.spectra for library in libraries])
    coverage = np.concatenate([library.coverage for library in libraries])
    first: dict[tuple[object, ...], int] = {}
    for at, one in enumerate(references):
        first.setdefault((one.substance, one.name, one.grade, spectra[at].tobytes()), at)
    keep = list(first.values())
    chosen = [references[at] for at in keep]
    axis = libraries[0].axis
    library = assemble(name, chosen, spectra[keep], coverage[keep], axis=axis)
    doubtful, doubts = find_doubts(library, second)
    if axis == NIR:
        chosen = list(_with_doubts(chosen, doubtful, doubts))
    library = assemble(name, chosen, spectra[keep], coverage[keep], axis=axis, doubts=doubts)
    return without_doubtful(library) if strict else library


def _with_doubts(references: Sequence[Reference], doubtful: set[int], doubts: Sequence[Doubt]) -> tuple[Reference, ...]:
    """Near-infrared references, the doubtful ones marked: a class is made of those that are not."""
    said = {name: doubt.text for doubt in doubts if doubt.kind != "pair" for name in doubt.names}
    return marked(references, {row: said[source_of(references[row])] for row in doubtful})


def find_doubts(library: Library, second: Library) -> tuple[set[int], tuple[Doubt, ...]]:
    """Rows whose label is in doubt, and all doubts: labels, repeats, near pairs (up to 2,000 entries).

    In place of a shipped `second` of the other technique comes that of the library's own.
    """
    second = counterpart(second, library.axis)
    if library.axis == NIR:
        return find_nir_doubts(library, second)
    rows = rows_of(library)
    labels, vouched = label_doubts(library, second, likeness(rows, second))
    if len(library) > PAIRS_UP_TO:
        return set(labels), tuple(labels.values())
    alike = own_likeness(rows)
    repeats = repeat_doubts(library, alike, vouched=vouched, doubted=labels)
    doubted = {*labels, *repeats}
    pairs = pair_doubts(library, alike, doubted=doubted)
    return doubted, (*labels.values(), *repeats.values(), *pairs)


def without_doubtful(library: Library) -> Library:
    """The library less every entry that one of its doubts names.

    Raises
    ------
    LibraryError
        None is left.
    """
    named = {name for doubt in library.doubts for name in doubt.names}
    keep = [at for at, one in enumerate(library.references) if not named & {one.name, source_of(one)}]
    references = [library.references[at] for at in keep]
    spectra, coverage = library.spectra[keep], library.coverage[keep]
    return assemble(library.name, references, spectra, coverage, axis=library.axis, doubts=library.doubts)
