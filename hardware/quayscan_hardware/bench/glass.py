"""NIST SRM 2241: a chromium-doped glass whose luminescence under 785 nm is certified as a polynomial.

Source: the coefficients as published with the certificate of SRM 2241
(tsapps.nist.gov/srmext/certificates/2241.pdf), valid 200 to 3,500 cm-1 at 20 to 25 degC. Caution: taken from
public copies, not from the certificate itself, and each issue of the certificate has its own coefficients: to
correct a real instrument use those that came with the glass.
"""

from __future__ import annotations

import numpy as np

from ..board import FloatArray

SRM2241 = (0.0971937, 0.000228325, -5.86762e-08, 2.16023e-10, -9.77171e-14, 1.15596e-17)
"""Coefficients over the shift in cm-1, lowest power first; relative units."""


def glass_profile(shift_cm1: FloatArray) -> FloatArray:
    """Relative intensity of the glass at each shift, (P,), as certified (not scaled)."""
    profile: FloatArray = np.polynomial.polynomial.polyval(shift_cm1, np.array(SRM2241))
    return profile
