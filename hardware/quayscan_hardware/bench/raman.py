"""Raman bands on an axis of shifts: a sum of pseudo-Voigt lines.

The tables hold heights as an instrument recorded them at 785 nm, so the (nu0 - nu)^4 law is in them already
and is not applied again.
"""

from __future__ import annotations

import numpy as np

from ..board import FloatArray
from ..samples import Sample


def raman_profile(sample: Sample, shift_cm1: FloatArray) -> FloatArray:
    """Height of the sample's bands at each shift, (P,), in units of its strongest band."""
    profile = np.zeros_like(shift_cm1)
    top = float(sample.height.max())
    for centre, fwhm, eta, height in zip(sample.shift_cm1, sample.fwhm_cm1, sample.eta, sample.height, strict=True):
        profile += height / top * pseudo_voigt(shift_cm1 - centre, fwhm, eta)
    return profile


def pseudo_voigt(distance: FloatArray, fwhm: float, eta: float) -> FloatArray:
    """A line of height 1: `eta` parts Lorentzian and `1 - eta` parts Gaussian of the same width."""
    x2 = (2.0 * distance / fwhm) ** 2
    line: FloatArray = eta / (1.0 + x2) + (1.0 - eta) * np.exp(-np.log(2.0) * x2)
    return line
