"""The real spectra as trials: which file holds what, and what a comparison with a library gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from quayscan.formats import read_spectrum
from quayscan.library import Library, Reference, from_spectra
from quayscan.library.library import assemble
from quayscan.preprocess import Features, prepare
from quayscan.spectrum import Spectrum

MISLABELLED = {"alanine"}
OFF_LIBRARY = {"ammoniumchloride", "ammoniumnitrate", "naphthalene", "sodiumperchlorate", "sulfur", "bmsb"}
MIXED = {"acetonitriletoluene", "glucose100gperl"}

SAME: Mapping[str, str] = {
    "methyl ethyl ketone": "2-butanone",
    "mek": "2-butanone",
    "isopropanol": "2-propanol",
    "coconutoil": "coconut oil",
    "coconate ester": "coconut oil",
    "mineraloil": "mineral oil",
    "linseedoil": "vegetable oil",
    "linseed oil": "vegetable oil",
    "sesame oil": "vegetable oil",
    "sugar": "sucrose",
    "potassium dihydrogen phosphate": "kh2po4",
    "metamizol mg": "metamizole",
    "diethylamine": "diethyl amine",
    "citric acid anhydrate": "citric acid",
    "citric acid monohydrate": "citric acid",
}
"""File labels to one name an identity group (README of the development data)."""


def group(label: str) -> str:
    return SAME.get(label.lower(), label.lower())


@dataclass(frozen=True, kw_only=True, eq=False)
class Query:
    """One file: instrument folder, label, and features; `group` is what the right answer would be."""

    instrument: str
    label: str
    group: str
    features: Features


def library_785(data: Path) -> Library:
    """Every spectrum of library-785 but the mislabelled one, as a user's folder would be built."""
    return from_spectra(_entries(data / "spectra" / "library-785"), name="library-785")


def _entries(folder: Path) -> Iterator[tuple[Spectrum, Reference]]:
    for path in sorted(folder.glob("*.csv")):
        if path.stem.lower() not in MISLABELLED:
            reference = Reference(substance=path.stem.lower(), name=path.stem, grade="measured")
            yield read_spectrum(path), reference


@cache
def queries(data: Path) -> tuple[Query, ...]:
    """All files of raw-785x and instruments."""
    files = [("WP-01977-785nm", path.stem, path) for path in sorted((data / "spectra/raw-785x").glob("*.csv"))]
    for path in sorted((data / "spectra/instruments").glob("*/*.csv")):
        files.append((path.parent.name, path.stem.rsplit("-", 1)[0], path))
    return tuple(
        Query(instrument=folder, label=label, group=group(label), features=prepare(read_spectrum(path)))
        for folder, label, path in files
    )


def is_on_library(query: Query) -> bool:
    return query.label.lower() not in OFF_LIBRARY | MIXED


@cache
def without(library: Library, left_out: str) -> Library:
    """The library less one identity group."""
    groups = [group(one.substance) for one in library.references]
    keep = np.array([at for at, name in enumerate(groups) if name != left_out])
    references = [library.references[int(at)] for at in keep]
    return assemble(library.name, references, library.spectra[keep], library.coverage[keep])
