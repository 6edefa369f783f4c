"""Small molecules made by hand, for tests that need no chemistry package."""

import numpy as np

from quayscan_spectra.insilico.structure import Structure
from quayscan_spectra.insilico.units import BOHR_ANGSTROM

MASSES = {"H": 1.008, "C": 12.011, "N": 14.007, "O": 15.999}
NUMBERS = {"H": 1, "C": 6, "N": 7, "O": 8}


def molecule(symbols: str, angstrom: list[list[float]], bonds: list[tuple[int, int]]) -> Structure:
    return Structure(
        symbols=tuple(symbols),
        numbers=np.array([NUMBERS[s] for s in symbols], dtype=np.int64),
        masses_amu=np.array([MASSES[s] for s in symbols]),
        charge=0,
        bonds=tuple(bonds),
        rings=(),
        coordinates=np.array(angstrom) / BOHR_ANGSTROM,
    )


WATER = molecule("OHH", [[0.0, 0.0, 0.0], [0.96, 0.0, 0.0], [-0.24, 0.93, 0.0]], [(0, 1), (0, 2)])
FORMALDEHYDE = molecule(
    "COHH",
    [[0.0, 0.0, 0.0], [0.0, 0.0, 1.2], [0.94, 0.0, -0.59], [-0.94, 0.0, -0.59]],
    [(0, 1), (0, 2), (0, 3)],
)
# Formic acid with its hydrogen on the side of the carbonyl oxygen: C, O (carbonyl), O (hydroxyl), H of it, H of C.
FORMIC_ACID = molecule(
    "COOHH",
    [[0.0, 0.42, 0.0], [-1.16, 0.13, 0.0], [1.03, -0.45, 0.0], [0.66, -1.35, 0.0], [0.38, 1.46, 0.0]],
    [(0, 1), (0, 2), (2, 3), (0, 4)],
)
HYDROGEN_CYANIDE = molecule("HCN", [[0.0, 0.0, -1.07], [0.0, 0.0, 0.0], [0.0, 0.0, 1.16]], [(0, 1), (1, 2)])
DIATOMIC = molecule("CO", [[0.0, 0.0, 0.0], [0.0, 0.0, 1.13]], [(0, 1)])
