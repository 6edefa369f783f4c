"""What lies under the bands, and how much a pixel trembles."""

import numpy as np
from scipy.interpolate import BSpline
from scipy.ndimage import gaussian_filter1d, grey_opening

from quayscan_spectra.profile import Array


def spline_basis(axis_cm1: Array, knot_cm1: float) -> Array:
    """Cubic B-splines over the axis with about one knot each `knot_cm1`, (N, K)."""
    count = max(round((axis_cm1[-1] - axis_cm1[0]) / knot_cm1), 1)
    inner = np.linspace(axis_cm1[0], axis_cm1[-1], count + 1)
    knots = np.concatenate(([inner[0]] * 3, inner, [inner[-1]] * 3))
    return np.asarray(BSpline.design_matrix(axis_cm1, knots, 3).toarray(), dtype=np.float64)


def pixel_noise(counts: Array) -> float:
    """Noise (1 sd) of the quiet pixels, from the 4th difference (1, -4, 6, -4, 1) / sqrt 70."""
    fourth = np.convolve(counts, np.array([1.0, -4.0, 6.0, -4.0, 1.0]) / np.sqrt(70.0), "valid")
    return float(max(np.quantile(np.abs(fourth), 0.4) / 0.524, 1e-6 * np.ptp(counts)))


def lower_envelope(axis_cm1: Array, counts: Array, width_cm1: float) -> Array:
    """What lies under the bands: a grey opening over `width_cm1`, smoothed, (N,)."""
    step = float(np.median(np.diff(axis_cm1)))
    quiet = gaussian_filter1d(counts, max(2.0 / step, 0.5))
    opened = grey_opening(quiet, max(round(width_cm1 / step), 3))
    return np.asarray(gaussian_filter1d(opened, 0.15 * width_cm1 / step), dtype=np.float64)
