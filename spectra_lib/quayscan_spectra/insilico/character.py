"""What kind of motion a mode is: its energy shared out over classes of internal coordinates."""

import numpy as np

from .internals import Internal, b_matrix, internals
from .modes import Modes
from .structure import Structure
from .units import BOHR_ANGSTROM, Array

_MULTIPLE_ANGSTROM = 1.43  # carbon-carbon bonds shorter than this are aromatic or double
_TRIPLE_ANGSTROM = 1.25  # and than this triple
_HYDROGEN_BOND_ANGSTROM = 1.3  # longer bonds of a hydrogen are hydrogen bonds
_LEAST_SHARE = 0.05
_DIGITS = 2

Character = dict[str, float]


def _length(structure: Structure, a: int, b: int) -> float:
    return float(np.linalg.norm(structure.coordinates[a] - structure.coordinates[b])) * BOHR_ANGSTROM


def _degrees(structure: Structure) -> list[int]:
    """The number of bonds of each atom, hydrogen bonds not counted."""
    degree = [0] * len(structure.symbols)
    for a, b in structure.bonds:
        if (
            "H" not in (structure.symbols[a], structure.symbols[b])
            or _length(structure, a, b) < _HYDROGEN_BOND_ANGSTROM
        ):
            degree[a] += 1
            degree[b] += 1
    return degree


def _stretch_class(structure: Structure, degree: list[int], one: Internal) -> str:
    a, b = one.atoms
    pair = {structure.symbols[a], structure.symbols[b]}
    if "H" in pair:
        bond = "str CH" if pair == {"C", "H"} else "str XH"
        return "hydrogen bond" if _length(structure, a, b) > _HYDROGEN_BOND_ANGSTROM else bond
    if pair == {"C", "O"}:
        return "str C=O" if 1 in (degree[a], degree[b]) else "str C-O"
    if pair in ({"C", "Cl"}, {"C", "S"}, {"C", "Br"}):
        return "str CCl/CS"
    if pair <= {"C", "N"}:
        return _carbon_nitrogen_class(structure, a, b)
    return "str other"


def _carbon_nitrogen_class(structure: Structure, a: int, b: int) -> str:
    length = _length(structure, a, b)
    if length < _TRIPLE_ANGSTROM:
        return "str triple"
    in_ring = any({a, b} <= set(ring) for ring in structure.rings)
    double = structure.symbols[a] == structure.symbols[b] == "C" and length < _MULTIPLE_ANGSTROM
    return "str arom/C=C" if in_ring or double else "str C-C/N"


def _bend_class(structure: Structure, one: Internal) -> str:
    ends = [structure.symbols[one.atoms[0]], structure.symbols[one.atoms[2]]].count("H")
    if ends == 0:
        return "bend XXX"
    if structure.symbols[one.atoms[1]] != "C":
        return "bend XOH/XNH"
    return "bend HCH" if ends == 2 else "bend XCH"


def motion_class(structure: Structure, degree: list[int], one: Internal) -> str:
    """The class of one internal coordinate, as the scaling table names it."""
    if one.kind == "stretch":
        return _stretch_class(structure, degree, one)
    if one.kind == "bend":
        return _bend_class(structure, one)
    return "lin bend" if one.kind == "linear" else "tors/oop"


def characters(structure: Structure, hessian: Array, modes: Modes) -> tuple[Character, ...]:
    """For each mode its shares by class, largest first; shares under 5 % are left out.

    Notes
    -----
    The potential energy distribution in the generalised inverse of a redundant set (Morino and Kuchitsu, J. Chem.
    Phys. 20 (1952) 1809, 10.1063/1.1700289); negative parts count as nothing.
    """
    coordinates = internals(structure)
    degree = _degrees(structure)
    classes = np.array([motion_class(structure, degree, one) for one in coordinates])
    b = b_matrix(structure.coordinates, coordinates)
    motion = modes.motions @ b.T
    force = modes.motions @ hessian @ np.linalg.pinv(b, rcond=1e-6)
    parts = np.maximum(motion * force, 0.0)
    parts /= np.maximum(parts.sum(axis=1, keepdims=True), 1e-12)
    return tuple(_shares(one, classes) for one in parts)


def _shares(parts: Array, classes: np.ndarray[tuple[int], np.dtype[np.str_]]) -> Character:
    sums = {str(name): round(float(parts[classes == name].sum()), _DIGITS) for name in np.unique(classes)}
    return {name: share for name, share in sorted(sums.items(), key=lambda kv: -kv[1]) if share >= _LEAST_SHARE}


def character_text(character: Character) -> str:
    """As the band table writes it: "str C=O 0.73; bend XXX 0.2"."""
    return "; ".join(f"{name} {share:g}" for name, share in character.items())


def read_character(text: str) -> Character:
    """The inverse of `character_text`."""
    pairs = [part.rsplit(" ", 1) for part in text.split("; ") if part]
    return {name: float(share) for name, share in pairs}
