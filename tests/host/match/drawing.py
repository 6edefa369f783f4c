"""Drawn spectra for the tests of this room."""

from __future__ import annotations

import numpy as np

from quayscan.library import Reference
from quayscan.preprocess import Features, prepare
from quayscan.spectrum import Spectrum

AXIS = np.linspace(290.0, 2210.0, 1500)

SUBSTANCES = {
    "alpha": {520.0: 1.0, 870.0: 0.4, 1210.0: 0.6, 1450.0: 0.3},
    "beta": {610.0: 0.7, 870.0: 1.0, 1080.0: 0.5, 1600.0: 0.4},
    "gamma": {480.0: 0.3, 1000.0: 1.0, 1030.0: 0.3, 1605.0: 0.2},
    "delta": {740.0: 1.0, 1340.0: 0.8, 1560.0: 0.5},
    "epsilon": {450.0: 0.6, 790.0: 0.5, 930.0: 1.0, 1710.0: 0.4},
    "zeta": {690.0: 1.0, 1290.0: 0.4},
}


def curve(bands: dict[float, float], *, offset: float = 0.0, sigma: float = 6.0) -> np.ndarray:
    centres, heights = np.array(list(bands)), np.array(list(bands.values()))
    return heights @ np.exp(-0.5 * ((AXIS - offset - centres[:, None]) / sigma) ** 2)


def measured(
    bands: dict[float, float],
    *,
    height: float = 5000.0,
    level: float = 2000.0,
    noise: float = 15.0,
    offset: float = 0.0,
    seed: int = 0,
    sigma: float = 6.0,
) -> Spectrum:
    """Bands on a bowed background with white noise."""
    background = level * (1.0 + 0.5 * np.sin(AXIS / 900.0))
    error = np.random.default_rng(seed).normal(0.0, noise, AXIS.size)
    return Spectrum(axis=AXIS, intensity=height * curve(bands, offset=offset, sigma=sigma) + background + error)


def query(name: str, **how: float) -> Features:
    return prepare(measured(SUBSTANCES[name], **how))  # type: ignore[arg-type]  # one of the fields is an int


def entry(name: str) -> tuple[Spectrum, Reference]:
    spectrum = Spectrum(axis=AXIS, intensity=1000.0 * curve(SUBSTANCES[name]) + 200.0)
    return spectrum, Reference(substance=name, name=name.title(), grade="measured")
