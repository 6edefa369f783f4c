"""The near-infrared fitter and its second derivative, on curves whose answer is known."""

import numpy as np
import pytest

from quayscan_spectra.build.nir_curvature import POINTS, STEP_NM, cosine, second_derivative
from quayscan_spectra.build.nir_fit import NirFitOptions, fit_nir

AXIS = np.arange(1050.0, 1351.0, 5.0)
SMALL = NirFitOptions(low_nm=1074.0, high_nm=1326.0, continuum_nm=(1080.0, 1320.0))


def gaussian(centre: float, width: float, depth: float) -> np.ndarray:
    return depth * 2.0 ** (-((2.0 * (AXIS - centre) / width) ** 2))


def operators(*bands: tuple[float, float, float], noise: float = 1e-5) -> np.ndarray:
    """Five operators: the same bands, other offsets, a little noise."""
    rng = np.random.default_rng(11)
    curve = 0.1 + sum(gaussian(*band) for band in bands)
    return curve + np.array([-0.02, -0.01, 0.0, 0.01, 0.02])[:, None] + rng.normal(0.0, noise, (5, len(AXIS)))


def test_second_derivative_of_a_parabola_is_its_curvature() -> None:
    grid, operator = second_derivative(AXIS, 1080.0, 1320.0)
    np.testing.assert_allclose(operator @ (3e-4 * AXIS**2 - 0.7 * AXIS + 5.0), 6e-4, rtol=1e-6)
    assert (grid[0], grid[-1]) == (1080.0, 1320.0)


def test_second_derivative_follows_a_slow_wave() -> None:
    grid, operator = second_derivative(AXIS, 1080.0, 1320.0)
    period = 40.0 * STEP_NM
    k = 2.0 * np.pi / period
    # 9 points of a cubic fit damp a wave of 40 points by about 4 (k h)^2 / 10: under 5 %
    np.testing.assert_allclose(operator @ np.sin(k * AXIS), -(k**2) * np.sin(k * grid), atol=0.05 * k**2)


def test_offset_and_slope_change_no_second_derivative() -> None:
    _, operator = second_derivative(AXIS, 1080.0, 1320.0)
    curve = gaussian(1200.0, 40.0, 0.2)
    np.testing.assert_allclose(operator @ (curve + 0.3 + 1e-3 * AXIS), operator @ curve, atol=1e-12)


def test_axis_that_is_too_short_is_refused_with_both_ranges() -> None:
    reach = POINTS // 2 * STEP_NM
    second_derivative(AXIS, AXIS[0] + reach, AXIS[-1] - reach)
    with pytest.raises(ValueError, match="1050-1350 nm, the second derivative over 1050-1320 nm needs 16 nm more"):
        second_derivative(AXIS, 1050.0, 1320.0)


def test_cosine_is_one_for_a_multiple_and_minus_one_for_its_mirror() -> None:
    curve = gaussian(1200.0, 40.0, 0.2)
    assert cosine(curve, 3.0 * curve) == pytest.approx(1.0)
    assert cosine(curve, -curve) == pytest.approx(-1.0)


def test_bands_that_were_put_in_come_out() -> None:
    put = ((1130.0, 30.0, 0.20), (1200.0, 45.0, 0.12), (1270.0, 36.0, 0.30))
    fit = fit_nir(AXIS, operators(*put), SMALL)
    for centre, width, depth in put:
        at = int(np.abs(fit.position_nm - centre).argmin())
        assert fit.position_nm[at] == pytest.approx(centre, abs=0.5)
        assert fit.width_nm[at] == pytest.approx(width, rel=0.05)
        assert fit.depth_au[at] == pytest.approx(depth, rel=0.05)
    # bands beside the three, if any, are small: the ends have little to hold them
    assert fit.depth_au.sum() == pytest.approx(0.62, rel=0.05)
    np.testing.assert_allclose(fit.continuum_au, 0.1, atol=0.01)


def test_shoulder_becomes_a_band_of_its_own() -> None:
    fit = fit_nir(AXIS, operators((1180.0, 40.0, 0.3), (1212.0, 30.0, 0.1)), SMALL)
    assert np.abs(fit.position_nm - 1180.0).min() < 3.0
    assert np.abs(fit.position_nm - 1212.0).min() < 3.0


def test_bend_that_operators_disagree_in_is_not_drawn() -> None:
    sure = operators((1130.0, 30.0, 0.2))
    doubtful = sure + np.array([-2.0, -1.0, 0.0, 2.0, 3.0])[:, None] * gaussian(1260.0, 30.0, 0.01)
    agreed = sure + gaussian(1260.0, 30.0, 0.01 * 0.4)
    near = {name: fit_nir(AXIS, curves, SMALL) for name, curves in (("no", doubtful), ("yes", agreed))}
    assert np.abs(near["yes"].position_nm - 1260.0).min() < 3.0
    assert np.abs(near["no"].position_nm - 1260.0).min() > 10.0


def test_fit_of_the_same_curves_is_the_same() -> None:
    curves = operators((1130.0, 30.0, 0.2))
    one, again = fit_nir(AXIS, curves, SMALL), fit_nir(AXIS, curves, SMALL)
    np.testing.assert_array_equal(one.position_nm, again.position_nm)
    np.testing.assert_array_equal(one.depth_au, again.depth_au)
