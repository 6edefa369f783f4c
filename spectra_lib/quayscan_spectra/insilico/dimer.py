"""Carboxylic acids pair up in liquids and crystals: the cyclic dimer, built from one molecule by inversion."""

from dataclasses import replace

import numpy as np

from .errors import BadStructure
from .structure import Structure
from .units import BOHR_ANGSTROM, Array

_OXYGEN_DISTANCE = 2.6 / BOHR_ANGSTROM


def acid_group(structure: Structure) -> tuple[int, int, int, int]:
    """Indices of the acid's carbon, carbonyl oxygen, hydroxyl oxygen and hydrogen.

    Raises
    ------
    BadStructure
        When there is no carboxylic acid group, or more than one.
    """
    around = structure.neighbours()
    symbols = structure.symbols
    found = []
    for carbon, near in enumerate(around):
        oxygens = [i for i in near if symbols[i] == "O"]
        bare = [i for i in oxygens if len(around[i]) == 1]
        held = [(i, j) for i in oxygens for j in around[i] if symbols[j] == "H"]
        if symbols[carbon] == "C" and len(bare) == len(held) == 1:
            found.append((carbon, bare[0], *held[0]))
    if len(found) != 1:
        raise BadStructure(f"a cyclic dimer needs one carboxylic acid group, this structure has {len(found)}")
    return found[0]


def hydrogen_faces_carbonyl(structure: Structure) -> bool:
    """Whether the acid's hydrogen lies on the side of the carbonyl oxygen, as a ring needs it."""
    carbon, bare, held, hydrogen = acid_group(structure)
    place = structure.coordinates
    return bool(np.dot(place[hydrogen] - place[held], place[bare] - place[carbon]) > 0)


def _doubled(structure: Structure, centre: Array, contacts: list[tuple[int, int]]) -> Structure:
    size = len(structure.symbols)
    bonds = [*structure.bonds, *((a + size, b + size) for a, b in structure.bonds), *contacts]
    return replace(
        structure,
        symbols=structure.symbols * 2,
        numbers=np.tile(structure.numbers, 2),
        masses_amu=np.tile(structure.masses_amu, 2),
        charge=2 * structure.charge,
        bonds=tuple(sorted((min(pair), max(pair)) for pair in bonds)),
        rings=(*structure.rings, *(tuple(i + size for i in ring) for ring in structure.rings)),
        coordinates=np.concatenate([structure.coordinates, 2.0 * centre - structure.coordinates]),
    )


def cyclic_dimer(structure: Structure) -> Structure:
    """Two molecules joined by two hydrogen bonds, O...O 2.6 Angstrom, with a centre of inversion between them.

    Raises
    ------
    BadStructure
        When there is no single acid group, or its hydrogen points away.
    """
    carbon, bare, held, hydrogen = acid_group(structure)
    if not hydrogen_faces_carbonyl(structure):
        raise BadStructure("the acid's hydrogen points away from its carbonyl oxygen: start from another conformer")
    place = structure.coordinates
    outward = (place[bare] + place[held]) / 2.0 - place[carbon]
    centre = (place[bare] + place[held] + _OXYGEN_DISTANCE * outward / np.linalg.norm(outward)) / 2.0
    size = len(structure.symbols)
    return _doubled(structure, centre, [(hydrogen, bare + size), (hydrogen + size, bare)])
