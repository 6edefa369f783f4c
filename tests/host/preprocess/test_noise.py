import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quayscan.preprocess.noise import pixel_variance

PIXELS = np.arange(2048.0)


def bands() -> np.ndarray:
    centres = np.linspace(100.0, 1900.0, 19)
    return np.exp(-0.5 * ((PIXELS[:, None] - centres) / 5.0) ** 2).sum(axis=1)


def test_white_noise_is_recovered() -> None:
    variance = pixel_variance(1000.0 + np.random.default_rng(0).normal(0.0, 5.0, PIXELS.size))
    # the quantile of some 170 values a bin is good to about 12 % of the deviation; twelve bins average it
    assert np.median(variance) == pytest.approx(25.0, rel=0.25)


def test_shot_noise_grows_with_the_level() -> None:
    rng = np.random.default_rng(1)
    level = 500.0 + 4.0 * PIXELS
    variance = pixel_variance(rng.poisson(level).astype(float))
    assert variance[-100] == pytest.approx(level[-100], rel=0.3)
    assert variance[100] == pytest.approx(level[100], rel=0.5)


def test_bands_do_not_inflate_the_noise() -> None:
    noise = np.random.default_rng(2).normal(0.0, 5.0, PIXELS.size)
    with_bands = np.median(pixel_variance(noise + 3000.0 * bands()))
    assert with_bands < 4.0 * 25.0


def test_an_exactly_smooth_spectrum_has_no_noise_to_speak_of() -> None:
    assert np.all(pixel_variance(3.0 + 0.5 * PIXELS) < 1e-12)


@settings(max_examples=30, deadline=None)
@given(st.floats(1e-3, 1e3), st.integers(0, 100))
def test_variance_scales_with_the_square_of_the_unit(factor: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = 100.0 + rng.normal(0.0, 3.0, 500) + 200.0 * np.exp(-0.5 * ((np.arange(500.0) - 250) / 9) ** 2)
    np.testing.assert_allclose(pixel_variance(factor * counts), factor**2 * pixel_variance(counts), rtol=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(16, 400), st.integers(0, 100))
def test_variance_is_never_negative_and_finite(size: int, seed: int) -> None:
    variance = pixel_variance(np.random.default_rng(seed).uniform(-1.0, 1.0, size))
    assert variance.shape == (size,)
    assert np.all(np.isfinite(variance))
    assert np.all(variance >= 0)
