"""The line shape of a Raman band: pseudo-Voigt, a weighted sum of a Lorentzian and a Gaussian."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_LN2 = float(np.log(2.0))


def pseudo_voigt(offset_cm1: Array, fwhm_cm1: Array, eta: Array) -> Array:
    """Unit-height pseudo-Voigt lines.

    Parameters
    ----------
    offset_cm1 : (..., N) float64
        Distance from the band's centre, cm-1.
    fwhm_cm1, eta : broadcastable float64
        Full width at half maximum in cm-1 (above 0) and the Lorentzian share, 0 to 1.

    Returns
    -------
    (..., N) float64
        1 at the centre, 0.5 at half the width from it, whatever `eta` is.

    Notes
    -----
    Thompson, Cox and Hastings, J. Appl. Cryst. 20 (1987) 79, 10.1107/S0021889887087090.
    """
    u2 = (offset_cm1 / fwhm_cm1) ** 2
    lorentz = 1.0 / (1.0 + 4.0 * u2)
    gauss = np.exp(-4.0 * _LN2 * u2)
    return np.asarray(eta * lorentz + (1.0 - eta) * gauss, dtype=np.float64)
