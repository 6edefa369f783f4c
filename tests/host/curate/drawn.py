"""Drawn spectra of made-up and of shipped substances."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import quayscan_spectra
from quayscan.curate.entries import Entry
from quayscan.library import Reference, grid_row
from quayscan.spectrum import Spectrum

AXIS = np.arange(300.0, 2000.0, 1.5)


def drawn(substance: str, seed: int, *, level: float = 3000.0, height: float = 100.0) -> Spectrum:
    """The shipped bands of a substance on a smooth background, with noise."""
    (reference,) = [one for one in quayscan_spectra.references() if one.substance == substance]
    signal = height * quayscan_spectra.synthesise(reference, AXIS) + level * (1 + AXIS / 2000.0)
    noisy = np.random.default_rng(seed).normal(signal, 20.0)
    return Spectrum(axis=AXIS, intensity=noisy, laser_nm=785.0, instrument="one", title=substance)


def entry(substance: str, seed: int, *, name: str = "", instrument: str = "one", **drawing: float) -> Entry:
    """An entry drawn as `substance` and called `name`."""
    called = name or substance
    provenance = {"source": f"{called}-{seed:02d}.csv", "instrument": instrument, "laser_nm": "785"}
    reference = Reference(substance=called.lower(), name=called, grade="measured", provenance=provenance)
    return grid_row(drawn(substance, seed, **drawing), name=called), reference


def write(path: Path, substance: str, seed: int) -> Path:
    """A two-column file of a drawn spectrum."""
    spectrum = drawn(substance, seed)
    rows = zip(spectrum.axis, spectrum.intensity, strict=True)
    path.write_text("".join(f"{x:.2f},{y:.3f}\n" for x, y in rows))
    return path
