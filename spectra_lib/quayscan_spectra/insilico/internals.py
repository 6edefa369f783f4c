"""Primitive internal coordinates of a structure and their first derivatives (Wilson's B matrix)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal

import numpy as np

from .structure import Structure
from .units import Array

Kind = Literal["stretch", "bend", "linear", "torsion", "plane"]

_LINEAR = np.deg2rad(172.0)  # above this angle a bend and its torsions are ill-defined
_PLANAR = np.deg2rad(355.0)  # the angles around a planar atom with three neighbours sum up to at least this
_STEP = 1e-4  # bohr; central differences are then good to about 1e-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Internal:
    """One coordinate: its kind and atoms. `axis` tells the two directions of a linear bend apart."""

    kind: Kind
    atoms: tuple[int, ...]
    axis: int = 0


def _unit(vector: Array) -> Array:
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float64)


def _angle(p: Array) -> float:
    return float(np.arccos(np.clip(_unit(p[0] - p[1]) @ _unit(p[2] - p[1]), -1.0, 1.0)))


def _torsion(p: Array) -> float:
    middle = _unit(p[2] - p[1])
    left, right = p[0] - p[1], p[3] - p[2]
    a, b = left - (left @ middle) * middle, right - (right @ middle) * middle
    return float(np.arctan2(np.cross(middle, a) @ b, a @ b))


def _out_of_plane(p: Array) -> float:
    """Angle of the bond from the centre p[0] to p[1] with the plane of the centre, p[2] and p[3]."""
    normal = _unit(np.cross(p[2] - p[0], p[3] - p[0]))
    return float(np.arcsin(np.clip(normal @ _unit(p[1] - p[0]), -1.0, 1.0)))


def _linear_bend(p: Array, axis: Array) -> float:
    return float((_unit(p[0] - p[1]) + _unit(p[2] - p[1])) @ axis)


def _across(p: Array, which: int) -> Array:
    """One of two fixed directions across the line p[0]-p[2]."""
    line = _unit(p[2] - p[0])
    first = _unit(np.cross(line, np.eye(3)[int(np.argmin(np.abs(line)))]))
    return first if which == 0 else np.asarray(np.cross(line, first), dtype=np.float64)


def _value(one: Internal, start: Array) -> Callable[[Array], float]:
    if one.kind == "linear":
        axis = _across(start, one.axis)
        return lambda p: _linear_bend(p, axis)
    if one.kind == "stretch":
        return lambda p: float(np.linalg.norm(p[1] - p[0]))
    functions: dict[str, Callable[[Array], float]] = {"bend": _angle, "torsion": _torsion, "plane": _out_of_plane}
    return functions[one.kind]


def _bends(structure: Structure) -> Iterator[Internal]:
    for centre, around in enumerate(structure.neighbours()):
        for a, b in combinations(around, 2):
            atoms = (a, centre, b)
            if _angle(structure.coordinates[list(atoms)]) < _LINEAR:
                yield Internal(kind="bend", atoms=atoms)
            else:
                yield from (Internal(kind="linear", atoms=atoms, axis=axis) for axis in (0, 1))


def _torsions(structure: Structure) -> Iterator[Internal]:
    around = structure.neighbours()
    for b, c in structure.bonds:
        for a, d in product(around[b], around[c]):
            if c != a != d != b:
                place = structure.coordinates[[a, b, c, d]]
                if _angle(place[:3]) < _LINEAR and _angle(place[1:]) < _LINEAR:
                    yield Internal(kind="torsion", atoms=(a, b, c, d))


def _planes(structure: Structure) -> Iterator[Internal]:
    for centre, around in enumerate(structure.neighbours()):
        if len(around) == 3:
            angles = [_angle(structure.coordinates[[a, centre, b]]) for a, b in combinations(around, 2)]
            if sum(angles) >= _PLANAR:
                for out in around:
                    rest = tuple(one for one in around if one != out)
                    yield Internal(kind="plane", atoms=(centre, out, *rest))


def internals(structure: Structure) -> tuple[Internal, ...]:
    """All primitive coordinates that the bonds imply: a redundant set."""
    stretches = [Internal(kind="stretch", atoms=pair) for pair in structure.bonds]
    return (*stretches, *_bends(structure), *_torsions(structure), *_planes(structure))


def _gradient(one: Internal, coordinates: Array) -> Array:
    place = coordinates[list(one.atoms)]
    value = _value(one, place)
    result = np.zeros_like(place)
    for index in np.ndindex(*place.shape):
        ends = []
        for sign in (1.0, -1.0):
            moved = place.copy()
            moved[index] += sign * _STEP
            ends.append(value(moved))
        change = (ends[0] - ends[1] + np.pi) % (2.0 * np.pi) - np.pi
        result[index] = change / (2.0 * _STEP)
    return result


def b_matrix(coordinates: Array, coordinates_of: tuple[Internal, ...]) -> Array:
    """How each internal coordinate changes with each Cartesian one.

    Parameters
    ----------
    coordinates : (N, 3) float64
        bohr.
    coordinates_of : tuple of Internal, length Q

    Returns
    -------
    (Q, 3N) float64
        Stretches in bohr per bohr, angles in radian per bohr.
    """
    result = np.zeros((len(coordinates_of), *coordinates.shape))
    for row, one in enumerate(coordinates_of):
        result[row, list(one.atoms)] = _gradient(one, coordinates)
    return result.reshape(len(coordinates_of), -1)
