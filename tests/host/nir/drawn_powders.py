"""Powders drawn from a few bands, as several operators would measure them."""

from __future__ import annotations

import numpy as np

from quayscan.library import Library, Reference, from_rows
from quayscan.library.nir import nir_row
from quayscan.match.nir.classes import SESSION
from quayscan.spectrum import Spectrum

AXIS = np.arange(905.0, 1696.0, 3.7)

POWDERS = {
    "alpha": {1140.0: 0.05, 1370.0: 0.10, 1450.0: 0.20, 1590.0: 0.10},
    "beta": {1190.0: 0.08, 1420.0: 0.15, 1530.0: 0.20},
    "gamma": {1120.0: 0.10, 1350.0: 0.05, 1490.0: 0.15, 1630.0: 0.10},
    "delta": {1210.0: 0.06, 1395.0: 0.12, 1560.0: 0.25},
}
WIDTH_NM = 45.0
NOISE = 1e-4


def absorbance(powder: str, axis: np.ndarray = AXIS, *, shift_nm: float = 0.0) -> np.ndarray:
    centres, depths = np.array(list(POWDERS[powder])), np.array(list(POWDERS[powder].values()))
    distance = (axis - shift_nm - centres[:, None]) / WIDTH_NM
    return depths @ np.exp(-4.0 * np.log(2.0) * distance**2)


def scan(powder: str, seed: int, *, noise: float = NOISE, axis: np.ndarray = AXIS) -> Spectrum:
    """A scan with scatter of its own: path, offset, slope, a little axis error, noise."""
    rng = np.random.default_rng(seed)
    path, offset, slope, shift = rng.normal([1.0, 0.1, 0.0, 0.0], [0.1, 0.03, 0.02, 0.2])
    level = path * absorbance(powder, axis, shift_nm=shift) + offset + slope * (axis - 1300.0) / 400.0
    return Spectrum(
        axis=axis,
        intensity=level + rng.normal(0.0, noise, axis.size),
        axis_unit="wavelength_nm",
        instrument="one",
        title=powder,
    )


def library(sessions: int = 4, repeats: int = 3, powders: tuple[str, ...] = tuple(POWDERS)) -> Library:
    """Every powder, measured so often by so many operators."""
    rows, references = [], []
    for session in range(sessions):
        for powder in powders:
            for repeat in range(repeats):
                seed = hash_of(session, powder, repeat)
                rows.append(nir_row(scan(powder, seed), name=powder))
                provenance = {"source": f"{session}/{powder}_{repeat:02d}.csv", SESSION: str(session)}
                references.append(Reference(substance=powder, name=powder, grade="measured", provenance=provenance))
    return from_rows(rows, references, name="drawn")


def hash_of(session: int, powder: str, repeat: int) -> int:
    return 1000 * session + 100 * list(POWDERS).index(powder) + repeat
