"""A library's entries as data sets that any spectrum file format can hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np

from ..formats import Dataset
from ..library import NIR, Library, Reference

_NOT_IN_FILE_NAMES = re.compile(r"[^\w\-. ()+,]+")


def exported(library: Library) -> Iterator[tuple[str, Dataset]]:
    """A file stem, no two the same, and the spectrum of each entry.

    Of several entries of one name each gets its number, as repeats have it: what is exported builds the same names.
    """
    stems = [_NOT_IN_FILE_NAMES.sub("_", one.name).strip(" .") or "entry" for one in library.references]
    total = Counter(stem.lower() for stem in stems)
    seen: Counter[str] = Counter()
    for row, stem in enumerate(stems):
        seen[stem.lower()] += 1
        number = f"-{seen[stem.lower()]:02d}" if total[stem.lower()] > 1 else ""
        yield stem + number, _dataset(library, row, library.references[row])


def _dataset(library: Library, row: int, reference: Reference) -> Dataset:
    first, end = (int(edge) for edge in library.coverage[row])
    laser = reference.provenance.get("laser_nm", "")
    nir = library.axis == NIR
    return Dataset(
        kind="spectrum",
        x=library.axis.values()[first:end],
        y=np.asarray(library.spectra[row, first:end], dtype=np.float64),
        x_quantity="wavelength" if nir else "Raman shift",
        x_unit="nm" if nir else "cm-1",
        y_unit="absorbance" if nir else "",
        technique=library.axis.technique,
        title=reference.name,
        instrument=reference.provenance.get("instrument", ""),
        laser_nm=float(laser) if laser.replace(".", "", 1).isdigit() else None,
        notes=(f"{reference.grade} reference of {library.name}, at the library's resolution",),
    )
