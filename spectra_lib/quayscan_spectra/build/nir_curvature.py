"""The second derivative of a near-infrared spectrum as one matrix: it removes offset and slope of the scatter."""

import numpy as np
from scipy.interpolate import make_interp_spline
from scipy.signal import savgol_coeffs

from quayscan_spectra.profile import Array

STEP_NM = 4.0
"""Grid step: the scanner's points are 2.9 to 5.2 nm apart."""
POINTS = 9
"""Savitzky-Golay window, 3rd order: 36 nm, between the scanner's resolution and the narrowest bands' width."""


def second_derivative(wavelength_nm: Array, low_nm: float, high_nm: float) -> tuple[Array, Array]:
    """The operator that takes absorbance on `wavelength_nm` (N,) to its second derivative per nm squared.

    The axis is brought to a grid of `STEP_NM` by a cubic spline, then differentiated.

    Returns
    -------
    grid_nm : (M,) float64
        From `low_nm` to `high_nm`.
    operator : (M, N) float64

    Raises
    ------
    ValueError
        When the axis does not reach half a window beyond the limits.
    """
    half = POINTS // 2
    reach = half * STEP_NM
    if wavelength_nm[0] > low_nm - reach or wavelength_nm[-1] < high_nm + reach:
        raise ValueError(
            f"axis is {wavelength_nm[0]:g}-{wavelength_nm[-1]:g} nm, the second derivative over {low_nm:g}-{high_nm:g}"
            f" nm needs {reach:g} nm more on either side: narrow the limits"
        )
    grid = np.arange(low_nm - reach, high_nm + reach + STEP_NM / 2.0, STEP_NM)
    resample = make_interp_spline(wavelength_nm, np.eye(len(wavelength_nm)), k=3)(grid)
    weights = savgol_coeffs(POINTS, 3, deriv=2, delta=STEP_NM, use="dot")
    operator = np.array([weights @ resample[start : start + POINTS] for start in range(len(grid) - POINTS + 1)])
    return grid[half:-half], operator


def cosine(one: Array, other: Array) -> float:
    """Cosine of two curves (M,)."""
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
