"""The near-infrared scans as trials: eleven substances by ten operators, and libraries with some of them left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from quayscan.formats import read_spectrum
from quayscan.library import Library, Reference, from_rows
from quayscan.library.library import assemble
from quayscan.library.nir import nir_row
from quayscan.match.nir.classes import SESSION
from quayscan.preprocess.nir import NirFeatures, prepare_nir
from quayscan.spectrum import Spectrum
from quayscan_spectra.build.nir_sources import REPEATS, file_substances

FOLDER = "nir-nirscan"


@dataclass(frozen=True, kw_only=True, eq=False)
class Scan:
    """One file: who measured it, its stem, the substance it holds, and the spectrum."""

    operator: str
    stem: str
    substance: str
    spectrum: Spectrum
    features: NirFeatures


@cache
def scans(data: Path) -> tuple[Scan, ...]:
    """Every scan, in order of operator, substance and repeat."""
    folders = sorted(path for path in (data / "spectra" / FOLDER).iterdir() if path.is_dir())
    return tuple(scan for folder in folders for scan in _of(folder))


def _of(folder: Path) -> Iterator[Scan]:
    for stem, substance in file_substances().items():
        for repeat in REPEATS:
            spectrum = read_spectrum(folder / f"{stem}_{repeat:02d}.csv")
            features = prepare_nir(spectrum)
            yield Scan(
                operator=folder.name,
                stem=f"{stem}_{repeat:02d}",
                substance=substance,
                spectrum=spectrum,
                features=features,
            )


@cache
def whole_library(data: Path) -> Library:
    """All scans, each an entry, each operator a session."""
    rows = [nir_row(scan.spectrum, name=scan.stem) for scan in scans(data)]
    return from_rows(rows, [_reference(scan) for scan in scans(data)], name=FOLDER)


def _reference(scan: Scan) -> Reference:
    provenance = {"source": f"{scan.operator}/{scan.stem}.csv", SESSION: scan.operator}
    return Reference(substance=scan.substance, name=scan.substance, grade="measured", provenance=provenance)


@cache
def without(data: Path, operator: str, substance: str = "") -> Library:
    """The library of all scans less those of an operator and those of a substance."""
    return _kept(data, lambda one: one.provenance[SESSION] != operator and one.substance != substance)


@cache
def of_sessions(data: Path, operators: tuple[str, ...]) -> Library:
    """The library of these operators' scans."""
    return _kept(data, lambda one: one.provenance[SESSION] in operators)


def _kept(data: Path, keeps: Callable[[Reference], bool]) -> Library:
    library = whole_library(data)
    keep = [at for at, one in enumerate(library.references) if keeps(one)]
    references = [library.references[at] for at in keep]
    return assemble(FOLDER, references, np.array(library.spectra[keep]), library.coverage[keep], axis=library.axis)


def with_exchanged(library: Library, operator: str, one: str, other: str) -> tuple[Library, set[int]]:
    """A copy in which two samples of one operator bear each other's name, and the rows that do."""
    names = {one: other, other: one}
    references, rows = list(library.references), set[int]()
    for at, reference in enumerate(references):
        if reference.provenance[SESSION] == operator and reference.substance in names:
            label = names[reference.substance]
            references[at] = replace(reference, substance=label, name=label)
            rows.add(at)
    return replace(library, references=tuple(references)), rows
