"""What is expected of the prior's errors: how large they are in which pairs of internal coordinates, and which
errors go together."""

from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from .internals import Internal
from .structure import Structure
from .units import Array

# Expected error of a diagonal force constant, hartree per bohr^2 or radian^2 (seen on small molecules).
_DIAGONAL = {"stretch": 0.03, "bend": 0.02, "linear": 0.03, "torsion": 0.003, "plane": 0.01}
_TOUCHING = 0.3  # couplings of coordinates that share atoms, relative to the diagonal
_APART, _REACH, _DECAY = 0.12, 3, 1.5  # of those that do not, by the number of bonds between them
_IN_RING = 0.4  # of the stretches in one aromatic ring: with less its Kekule mode is wrong by 29 cm-1
_UNSIGNED = {"torsion", "plane", "linear"}  # the sign of their couplings depends on the order of atoms


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Expectation:
    """Pairs of internal coordinates whose coupling may be wrong.

    `first` and `second` (P,) int index the coordinates, `deviation` (P,) float64 is the expected error, `group` (P,)
    int numbers the class: errors of one class are partly shared.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    deviation: Array
    group: NDArray[np.int64]


def _label(structure: Structure, degree: list[int], one: Internal) -> str:
    atoms = [f"{structure.symbols[a]}{degree[a]}" for a in one.atoms]
    if one.kind != "plane":
        atoms = min(atoms, atoms[::-1])
    return f"{one.kind}:{'-'.join(atoms)}"


def _relative_coupling(structure: Structure, distance: NDArray[np.int64], a: Internal, b: Internal) -> float:
    if a.kind == b.kind == "stretch" and any({*a.atoms, *b.atoms} <= set(ring) for ring in structure.rings):
        return _IN_RING
    near = int(distance[np.ix_(a.atoms, b.atoms)].min())
    if near == 0:
        return _TOUCHING
    return _APART * float(np.exp(-(near - 1) / _DECAY)) if near <= _REACH else 0.0


def _class(labels: list[str], a: int, b: int, kinds: set[str], near: bool) -> str:
    if a != b and (kinds & _UNSIGNED or not near):
        return f"alone:{a}:{b}"
    return "|".join(sorted((labels[a], labels[b]))) + ("" if a != b else "|diagonal")


def expectation(structure: Structure, coordinates: tuple[Internal, ...]) -> Expectation:
    """The prior's expected errors in the internal coordinates of a structure."""
    distance = structure.bond_distances()
    degree = [len(one) for one in structure.neighbours()]
    labels = [_label(structure, degree, one) for one in coordinates]
    found: list[tuple[int, int, float, str]] = []
    for a, b in combinations_with_replacement(range(len(coordinates)), 2):
        one, two = coordinates[a], coordinates[b]
        share = 1.0 if a == b else _relative_coupling(structure, distance, one, two)
        if share > 0.0:
            deviation = share * float(np.sqrt(_DIAGONAL[one.kind] * _DIAGONAL[two.kind]))
            near = bool({*one.atoms} & {*two.atoms})
            found.append((a, b, deviation, _class(labels, a, b, {one.kind, two.kind}, near)))
    first, second, deviations, names = zip(*found, strict=True)
    return Expectation(
        first=np.array(first),
        second=np.array(second),
        deviation=np.array(deviations),
        group=np.unique(names, return_inverse=True)[1].astype(np.int64),
    )
