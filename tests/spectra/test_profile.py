"""The pseudo-Voigt line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_spectra.profile import pseudo_voigt

WIDTHS = st.floats(1.0, 80.0)
SHARES = st.floats(0.0, 1.0)


@given(fwhm=WIDTHS, eta=SHARES)
def test_line_is_one_at_its_centre_and_half_at_half_its_width(fwhm: float, eta: float) -> None:
    line = pseudo_voigt(np.array([0.0, fwhm / 2, -fwhm / 2]), np.array(fwhm), np.array(eta))
    assert line == pytest.approx([1.0, 0.5, 0.5])


@given(fwhm=WIDTHS)
def test_pure_shares_are_the_textbook_lines(fwhm: float) -> None:
    x = np.linspace(-3 * fwhm, 3 * fwhm, 61)
    lorentz = (fwhm / 2) ** 2 / (x**2 + (fwhm / 2) ** 2)
    gauss = np.exp(-(x**2) / (2 * (fwhm / (2 * np.sqrt(2 * np.log(2)))) ** 2))
    np.testing.assert_allclose(pseudo_voigt(x, np.array(fwhm), np.array(1.0)), lorentz, rtol=1e-12)
    np.testing.assert_allclose(pseudo_voigt(x, np.array(fwhm), np.array(0.0)), gauss, rtol=1e-9)
