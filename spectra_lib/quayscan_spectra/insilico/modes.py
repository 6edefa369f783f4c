"""Harmonic modes of a Hessian and their Raman activities."""

from dataclasses import dataclass

import numpy as np

from .structure import Structure, rigid_motions
from .units import BOHR_ANGSTROM, Array, wavenumbers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Modes:
    """Normal modes in order of wavenumber.

    `harmonic_cm1` (M,) float64, imaginary ones negative. `motions` (M, 3N) float64: Cartesian displacement in bohr
    per bohr amu^(1/2) of the normal coordinate.
    """

    harmonic_cm1: Array
    motions: Array


def normal_modes(structure: Structure, hessian: Array) -> Modes:
    """The 3N-6 (or 3N-5) vibrations of a Hessian (3N, 3N) in hartree/bohr^2."""
    weight = 1.0 / np.sqrt(np.repeat(structure.masses_amu, 3))
    rigid = rigid_motions(structure.coordinates, structure.masses_amu)
    inner = np.linalg.svd(rigid)[0][:, rigid.shape[1] :]
    weighted = hessian * weight[:, None] * weight
    values, vectors = np.linalg.eigh(inner.T @ weighted @ inner)
    return Modes(harmonic_cm1=wavenumbers(values), motions=(inner @ vectors).T * weight)


def _isotropic(change: Array) -> Array:
    return np.asarray(np.trace(change, axis1=-2, axis2=-1) / 3.0, dtype=np.float64)


def _anisotropy_squared(change: Array) -> Array:
    xx, yy, zz = (change[..., i, i] for i in range(3))
    xy, yz, zx = change[..., 0, 1], change[..., 1, 2], change[..., 2, 0]
    diagonal = ((xx - yy) ** 2 + (yy - zz) ** 2 + (zz - xx) ** 2) / 2.0
    return np.asarray(diagonal + 3.0 * (xy**2 + yz**2 + zx**2), dtype=np.float64)


def raman_activities(modes: Modes, polarisability_gradient: Array) -> tuple[Array, Array]:
    """Raman activity 45 a'^2 + 7 g'^2 and depolarisation ratio of each mode.

    Parameters
    ----------
    modes : Modes
    polarisability_gradient : (3N, 3, 3) float64
        Change of the polarisability with each Cartesian coordinate, bohr^2.

    Returns
    -------
    activities : (M,) float64
        Angstrom^4 / amu.
    depolarisation : (M,) float64
        For plane-polarised light, 0 to 0.75.

    Notes
    -----
    Long, The Raman Effect (2002), 10.1002/0470845767, chapter 5.
    """
    change = np.einsum("mx,xij->mij", modes.motions, polarisability_gradient)
    mean, anisotropy = _isotropic(change) ** 2, _anisotropy_squared(change)
    activity = (45.0 * mean + 7.0 * anisotropy) * BOHR_ANGSTROM**4
    whole = 45.0 * mean + 4.0 * anisotropy
    ratio = np.divide(3.0 * anisotropy, whole, out=np.zeros_like(whole), where=whole > 0)
    return activity, ratio
