"""The fitter finds bands that were put there, and only what the noise supports."""

import numpy as np
import pytest
from numpy.typing import NDArray

from quayscan_spectra.build.background import lower_envelope, pixel_noise
from quayscan_spectra.build.fit_bands import fit_bands
from quayscan_spectra.profile import pseudo_voigt

AXIS = np.arange(302.0, 2303.0)
CENTRES = np.array([480.0, 800.0, 1004.0, 1450.0])
WIDTHS = np.array([20.0, 12.0, 8.0, 30.0])
SHARES = np.array([0.5, 0.2, 0.8, 0.5])
HEIGHTS = np.array([200.0, 10000.0, 3000.0, 1500.0])
NOISE = 5.0


@pytest.fixture(scope="module")
def spectrum() -> NDArray[np.float64]:
    lines = pseudo_voigt(AXIS - CENTRES[:, None], WIDTHS[:, None], SHARES[:, None])
    glow = 2000.0 * np.exp(-(((AXIS - 1300.0) / 900.0) ** 2))
    return HEIGHTS @ lines + glow + np.random.default_rng(7).normal(0.0, NOISE, AXIS.size)


def test_bands_put_there_are_found_with_place_width_and_height(spectrum: NDArray[np.float64]) -> None:
    fit = fit_bands(AXIS, spectrum)
    for centre, width, height in zip(CENTRES, WIDTHS, HEIGHTS, strict=True):
        nearest = np.argmin(np.abs(fit.shift_cm1 - centre))
        # 2 cm-1 and 15 % leave room for the background that takes a part of a broad band's wings
        assert fit.shift_cm1[nearest] == pytest.approx(centre, abs=2.0)
        assert fit.fwhm_cm1[nearest] == pytest.approx(width, rel=0.15)
        assert fit.height[nearest] == pytest.approx(height, rel=0.15)


def test_few_bands_beside_those_put_there(spectrum: NDArray[np.float64]) -> None:
    assert len(fit_bands(AXIS, spectrum).shift_cm1) <= 10


def test_bands_and_background_add_up_to_the_spectrum(spectrum: NDArray[np.float64]) -> None:
    fit = fit_bands(AXIS, spectrum)
    left = fit.counts - fit.background - fit.bands
    assert np.std(left) < 4.0 * NOISE
    np.testing.assert_array_equal(fit.axis_cm1, AXIS[AXIS <= 2300.0])


def test_given_positions_are_used_where_the_noise_supports_them(spectrum: NDArray[np.float64]) -> None:
    fit = fit_bands(AXIS, spectrum, given_cm1=np.array([1004.0, 1900.0]))
    assert np.min(np.abs(fit.shift_cm1 - 1004.0)) < 1.0
    assert fit.height[fit.shift_cm1 > 1850.0].sum() < 10.0 * NOISE


def test_pixel_noise_sees_noise_and_not_bands(spectrum: NDArray[np.float64]) -> None:
    assert pixel_noise(spectrum) == pytest.approx(NOISE, rel=0.15)


def test_envelope_stays_under_narrow_bands(spectrum: NDArray[np.float64]) -> None:
    envelope = lower_envelope(AXIS, spectrum, 350.0)
    assert np.all(envelope < spectrum + 50.0 * NOISE)
    assert envelope[int(800.0 - AXIS[0])] < 0.3 * spectrum[int(800.0 - AXIS[0])]
