"""Where gradients are taken: the minimum shaken along all modes of the prior at once, with signs that tell them
apart."""

import numpy as np

from .modes import normal_modes
from .structure import Structure, without_rigid_motion
from .units import Array

_SEED = 20261125
_SOFTEST_CM1 = 300.0  # softer modes are not shaken wider than one of this wavenumber
_LARGEST_MOVE = 0.05  # bohr
_CANDIDATES = 256


def gradients_wanted(atoms: int) -> int:
    """How many displaced gradients a molecule of so many atoms gets: few modes or many for the budget."""
    if atoms <= 16:
        return max(1, min(16, 3 * atoms - 4))
    return 14 if atoms <= 26 else 12


def signs(count: int, modes: int, rng: np.random.Generator) -> Array:
    """Signs (count, modes) whose columns are as little alike as a greedy choice among random ones finds."""
    columns = np.zeros((0, count))
    for _ in range(modes):
        candidates = rng.choice([-1.0, 1.0], (_CANDIDATES, count))
        likeness = ((candidates @ columns.T) ** 4).sum(axis=1)
        columns = np.vstack([columns, candidates[int(likeness.argmin())]])
    return columns.T


def displacements(structure: Structure, hessian: Array, count: int) -> Array:
    """Displacements without rigid motion, the largest move of an atom 0.05 bohr.

    Parameters
    ----------
    structure : Structure
        At the minimum.
    hessian : (3N, 3N) float64
        The prior, hartree/bohr^2.
    count : int

    Returns
    -------
    (count, N, 3) float64
        bohr. The seed is fixed, but the sign of a mode is not: keep what was used.
    """
    modes = normal_modes(structure, hessian)
    amplitudes = 1.0 / np.maximum(modes.harmonic_cm1, _SOFTEST_CM1)
    chosen = signs(count, len(amplitudes), np.random.default_rng(_SEED))
    moves = (chosen * amplitudes) @ modes.motions @ without_rigid_motion(structure.coordinates)
    moves = moves.reshape(count, -1, 3)
    longest = np.linalg.norm(moves, axis=-1).max(axis=-1)
    return np.asarray(moves * (_LARGEST_MOVE / longest)[:, None, None], dtype=np.float64)
