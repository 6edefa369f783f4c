import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quayscan.preprocess.grid import GRID
from quayscan.preprocess.resample import REACH_SIGMA, SIGMA_CM1, kernel_for


def uneven_axis(seed: int = 0, low: float = 250.0, high: float = 2300.0) -> np.ndarray:
    steps = np.random.default_rng(seed).uniform(0.5, 3.0, 2000)
    axis = low + np.cumsum(steps)
    return axis[axis < high]


def slow_resample(axis: np.ndarray, values: np.ndarray) -> np.ndarray:
    """One grid point at a time, over every pixel: the independent version."""
    spacing = np.gradient(axis)
    result = np.zeros(GRID.size)
    for at, point in enumerate(GRID):
        if axis[0] <= point <= axis[-1]:
            near = np.abs(axis - point) <= REACH_SIGMA * SIGMA_CM1
            weight = np.exp(-0.5 * ((axis[near] - point) / SIGMA_CM1) ** 2) * spacing[near]
            result[at] = np.sum(weight * values[near]) / np.sum(weight)
    return result


def test_fast_and_slow_resampling_agree() -> None:
    axis = uneven_axis()
    values = np.random.default_rng(1).normal(size=axis.size)
    np.testing.assert_allclose(kernel_for(axis).apply(values), slow_resample(axis, values), atol=1e-12)


@pytest.mark.parametrize("stop", [2230.0, 1500.0, 305.0])
def test_many_are_resampled_as_each_alone_wherever_the_axis_ends(stop: float) -> None:
    axis = np.arange(290.3, stop)
    many = np.random.default_rng(2).normal(size=(3, axis.size))
    together = kernel_for(axis).apply(many)
    for values, found in zip(many, together, strict=True):
        np.testing.assert_array_equal(kernel_for(axis).apply(values), found)
        np.testing.assert_allclose(found, slow_resample(axis, values), atol=1e-12)


def test_a_gaussian_band_gets_the_quadrature_width_and_keeps_its_area() -> None:
    axis = np.arange(200.0, 2300.0, 0.5)
    band = np.exp(-0.5 * ((axis - 1000.0) / 3.0) ** 2)
    wide = float(np.hypot(3.0, SIGMA_CM1))
    expected = 3.0 / wide * np.exp(-0.5 * ((GRID - 1000.0) / wide) ** 2)
    # the kernel is cut at 4.5 sigma: 1e-5 of the height is lost
    np.testing.assert_allclose(kernel_for(axis).apply(band), expected, atol=5e-5)


def test_points_outside_the_axis_are_masked_and_zero() -> None:
    axis = np.arange(500.0, 1500.0, 1.0)
    kernel = kernel_for(axis)
    values = kernel.apply(np.full(axis.size, 7.0))
    np.testing.assert_array_equal(kernel.mask, (GRID >= 500.0) & (GRID <= 1499.0))
    np.testing.assert_allclose(values[kernel.mask], 7.0)
    assert not values[~kernel.mask].any()


def test_a_gap_wider_than_the_kernel_is_masked() -> None:
    axis = np.concatenate([np.arange(250.0, 900.0), np.arange(1000.0, 2300.0)])
    mask = kernel_for(axis).mask
    assert not mask[np.abs(GRID - 950.0) < 20.0].any()
    assert mask[GRID == 800.0].all()


def test_an_axis_that_misses_the_grid_altogether_is_all_masked() -> None:
    assert not kernel_for(np.arange(2500.0, 3500.0)).mask.any()


def test_variance_goes_through_the_squared_kernel() -> None:
    axis = np.arange(250.0, 2300.0, 1.5)
    kernel = kernel_for(axis)
    noise = np.random.default_rng(2).normal(0.0, 3.0, (4000, axis.size))
    measured = kernel.apply(noise)[:, kernel.mask].var(axis=0)
    expected = kernel.apply_variance(np.full(axis.size, 9.0))[kernel.mask]
    # 4000 draws: the variance of a variance is 2/n, 2.2 %; six of them
    np.testing.assert_allclose(measured, expected, rtol=0.14)


def test_the_kernel_of_an_axis_is_computed_once() -> None:
    assert kernel_for(uneven_axis(5)) is kernel_for(uneven_axis(5))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.floats(-1e5, 1e5))
def test_a_constant_stays_constant_on_any_axis(seed: int, level: float) -> None:
    axis = uneven_axis(seed)
    kernel = kernel_for(axis)
    np.testing.assert_allclose(kernel.apply(np.full(axis.size, level))[kernel.mask], level, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("slope", [-2.0, 0.5])
def test_a_straight_line_stays_straight_on_an_even_axis(slope: float) -> None:
    axis = np.arange(200.0, 2300.0, 1.0)
    values = kernel_for(axis).apply(slope * axis)
    np.testing.assert_allclose(values, slope * GRID, rtol=1e-6)
