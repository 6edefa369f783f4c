"""The real spectra as trials: what each file holds by the substance table, and libraries with a group left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

import quayscan_spectra
from quayscan.formats import read_spectrum
from quayscan.library import Library, Reference, from_spectra
from quayscan.library.library import assemble
from quayscan.match import MatchOptions, MatchResult, match
from quayscan.match.identity import group_of
from quayscan.preprocess import Features, prepare
from quayscan.preprocess.grid import WINDOW
from quayscan.spectrum import Spectrum
from quayscan.verdict import Limits
from quayscan.verdict.adequacy import inadequacy

MIXED = {"acetonitriletoluene": ("acetonitrile", "toluene"), "glucose100gperl": ("glucose",)}
"""Files of mixtures and what is in them: whatever single substance is named is false."""

MISLABELLED = ("alanine",)
"""Of library-785: its Alanine is a second Arginine (README of the development data)."""

NAMES = {
    "metamizol Mg": "metamizole",
    "MEK": "methyl-ethyl-ketone",
    "CoconutOil": "coconut oil",
    "MineralOil": "mineral oil",
    "LinseedOil": "linseed oil",
    "Sugar": "sucrose",
    "Acetaminophen": "paracetamol",
    "AmmoniumNitrate": "ammonium nitrate",
    "AmmoniumChloride": "ammonium chloride",
    "SodiumPerchlorate": "sodium perchlorate",
}
"""File labels that the substance table does not know as synonyms."""


SEED = 20261125
FAINT_RATIOS = (6.0, 12.0, 25.0, 50.0)
PIXELS_SHARE = 2.0
"""Noise of a pixel over that of a grid point, about: the common resolution averages a few pixels."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Trial:
    """One file: its instrument's folder, label, substance ("" for a mixture), spectrum and features.

    `noise` says by how much noise was added: the signal-to-noise ratio that the highest band would have; "" for none.
    """

    instrument: str
    label: str
    substance: str
    spectrum: Spectrum
    features: Features
    noise: str = ""

    @property
    def laser(self) -> str:
        return self.instrument.rsplit("-", 1)[-1]


def substance_of(label: str) -> str:
    """The substance id of a file's label; "" for a mixture, the label in lower case where the table lacks it."""
    if label.lower() in MIXED:
        return ""
    try:
        return quayscan_spectra.resolve(NAMES.get(label, label))
    except quayscan_spectra.UnknownSubstance:
        return label.lower()


def read(instrument: str, label: str, path: Path) -> Trial:
    spectrum = read_spectrum(path)
    return Trial(
        instrument=instrument,
        label=label,
        substance=substance_of(label),
        spectrum=spectrum,
        features=prepare(spectrum),
    )


@cache
def trials(data: Path) -> tuple[Trial, ...]:
    """Every file of raw-785x and of the instruments."""
    files = [("WP-01977-785nm", path.stem, path) for path in sorted((data / "spectra/raw-785x").glob("*.csv"))]
    for path in sorted((data / "spectra/instruments").glob("*/*.csv")):
        files.append((path.parent.name, path.stem.rsplit("-", 1)[0], path))
    return tuple(read(*file) for file in files)


@cache
def faint_trials(data: Path) -> tuple[Trial, ...]:
    """The same files with noise added, four levels each, one seed for all."""
    draw = np.random.default_rng(SEED)
    return tuple(_noisy(trial, ratio, draw) for trial in trials(data) for ratio in FAINT_RATIOS)


def _noisy(trial: Trial, ratio: float, draw: np.random.Generator) -> Trial:
    deviation = float(trial.features.bands[WINDOW].max()) / ratio * PIXELS_SHARE
    intensity = trial.spectrum.intensity + draw.normal(0, deviation, trial.spectrum.intensity.size)
    spectrum = replace(trial.spectrum, intensity=intensity, variance=None)
    return replace(trial, spectrum=spectrum, features=prepare(spectrum), noise=f"{ratio:g}")


@cache
def library_785(data: Path) -> Library:
    """Every spectrum of library-785 but the mislabelled one, by substance id."""
    return from_spectra(_entries(data / "spectra" / "library-785"), name="library-785")


def _entries(folder: Path) -> Iterator[tuple[object, Reference]]:
    for path in sorted(folder.glob("*.csv")):
        if path.stem.lower() not in MISLABELLED:
            reference = Reference(substance=substance_of(path.stem), name=path.stem, grade="measured")
            yield read_spectrum(path), reference


def holds(library: Library, substance: str) -> bool:
    """Whether a library has a measured or published entry of the substance's group."""
    group = group_of(substance)
    return any(one.substance in group and one.grade != "computed" for one in library.references)


@cache
def without(library: Library, group: frozenset[str]) -> Library:
    """The library less one identity group."""
    keep = np.array([at for at, one in enumerate(library.references) if one.substance not in group])
    return rows_of(library, keep)


def rows_of(library: Library, rows: np.ndarray) -> Library:
    """Some rows of a library, vouched for like the whole."""
    references = [library.references[int(at)] for at in rows]
    part = assemble(library.name, references, library.spectra[rows], library.coverage[rows])
    return replace(part, seal=library.seal)


def adequate(result: MatchResult) -> bool:
    """Whether the quality gate lets the data decide."""
    return inadequacy(result, MatchOptions(), Limits()) is None


def compare(trial: Trial, library: Library) -> MatchResult:
    return match(trial.features, library)
