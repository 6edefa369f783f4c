"""Atomic units and what they are worth (CODATA 2018, https://physics.nist.gov/cuu/Constants).

Inside this package lengths are bohr, energies hartree, angles radian, masses unified atomic mass units.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

BOHR_ANGSTROM = 0.529177210903
HARTREE_EV = 27.211386245988
HARTREE_KCAL = 627.509474
AMU_ELECTRON_MASSES = 1822.888486209
HARTREE_CM1 = 219474.63136320
HC_OVER_K_CM = 1.438776877  # second radiation constant, cm K


def wavenumbers(eigenvalues: Array) -> Array:
    """Wavenumbers of the eigenvalues of a mass-weighted Hessian.

    Parameters
    ----------
    eigenvalues : (M,) float64
        hartree / (bohr^2 amu).

    Returns
    -------
    (M,) float64
        cm-1; an imaginary wavenumber is given as a negative one.
    """
    scaled = eigenvalues / AMU_ELECTRON_MASSES
    return np.asarray(np.sign(scaled) * np.sqrt(np.abs(scaled)) * HARTREE_CM1, dtype=np.float64)
