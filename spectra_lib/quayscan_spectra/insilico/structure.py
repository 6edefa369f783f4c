"""A molecule as the builder sees it: atoms, bonds, charge and where the atoms are."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .units import Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Structure:
    """Atoms with their places.

    `numbers` are (N,) int atomic numbers, `masses_amu` (N,) float64 standard atomic weights, `coordinates` (N, 3)
    float64 in bohr. `bonds` are pairs of indices with the lower first and hold hydrogen bonds too where a model has
    them. `rings` are the aromatic rings as tuples of indices.
    """

    symbols: tuple[str, ...]
    numbers: NDArray[np.int64]
    masses_amu: Array
    charge: int
    bonds: tuple[tuple[int, int], ...]
    rings: tuple[tuple[int, ...], ...]
    coordinates: Array

    def at(self, coordinates: Array) -> "Structure":
        """The same atoms elsewhere; coordinates of any shape that holds (N, 3), bohr."""
        return replace(self, coordinates=np.array(coordinates, dtype=np.float64).reshape(-1, 3))

    def neighbours(self) -> tuple[tuple[int, ...], ...]:
        """For each atom the atoms bonded to it, ascending."""
        found: list[set[int]] = [set() for _ in self.symbols]
        for a, b in self.bonds:
            found[a].add(b)
            found[b].add(a)
        return tuple(tuple(sorted(one)) for one in found)

    def bond_distances(self) -> NDArray[np.int64]:
        """(N, N) int: the number of bonds between two atoms, N where there is no way."""
        size = len(self.symbols)
        distances = np.full((size, size), size, dtype=np.int64)
        np.fill_diagonal(distances, 0)
        for a, b in self.bonds:
            distances[a, b] = distances[b, a] = 1
        for via in range(size):
            np.minimum(distances, distances[:, via, None] + distances[None, via, :], out=distances)
        return distances


def rigid_motions(coordinates: Array, masses_amu: Array | None = None) -> Array:
    """Orthonormal translations and rotations of a body.

    Parameters
    ----------
    coordinates : (N, 3) float64
    masses_amu : (N,) float64, optional
        With masses the motions are mass-weighted (Eckart's conditions).

    Returns
    -------
    (3N, 6) float64, or (3N, 5) for atoms on one line.
    """
    weights = np.ones(len(coordinates)) if masses_amu is None else masses_amu
    centred = coordinates - np.average(coordinates, axis=0, weights=weights)
    motions = []
    for axis in np.eye(3):
        for motion in (np.tile(axis, (len(centred), 1)), np.cross(axis, centred)):
            motions.append((motion * np.sqrt(weights)[:, None]).ravel())
    vectors, sizes, _ = np.linalg.svd(np.array(motions).T, full_matrices=False)
    return np.asarray(vectors[:, sizes > 1e-4 * sizes[0]], dtype=np.float64)


def without_rigid_motion(coordinates: Array) -> Array:
    """The projector (3N, 3N) that removes translations and rotations at these coordinates (N, 3)."""
    rigid = rigid_motions(coordinates)
    return np.asarray(np.eye(len(rigid)) - rigid @ rigid.T, dtype=np.float64)
