import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.interpolate import BSpline

from quayscan.preprocess.grid import WINDOW_POINTS, window_position
from quayscan.preprocess.projection import background_basis, bspline_basis, project_out, window_splines

EVERYWHERE = np.ones(WINDOW_POINTS, dtype=bool)


@pytest.mark.parametrize("count", [4, 5, 14, 42])
def test_splines_equal_those_of_scipy(count: int) -> None:
    inner = np.linspace(-1.0, 1.0, count - 2)
    knots = np.concatenate([[-1.0] * 3, inner, [1.0] * 3])
    expected = BSpline.design_matrix(window_position(), knots, 3).toarray()
    np.testing.assert_allclose(bspline_basis(window_position(), count), expected, atol=1e-12)


def test_splines_sum_to_one_so_that_the_constant_is_among_them() -> None:
    np.testing.assert_allclose(window_splines(14).sum(axis=1), 1.0, atol=1e-12)


def test_fewer_splines_than_a_cubic_needs_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 4"):
        bspline_basis(window_position(), 3)


def test_a_smooth_background_is_removed_and_a_band_is_kept() -> None:
    place = window_position()
    background = 1e5 * np.exp(-(place**2)) + 3e4
    band = 100.0 * np.exp(-0.5 * ((place - 0.2) / 0.01) ** 2)
    left = project_out(background + band, EVERYWHERE)
    assert np.abs(left - project_out(band, EVERYWHERE)).max() < 20.0
    assert left.argmax() == band.argmax()


def test_a_mask_that_empties_whole_splines_leaves_fewer_of_them() -> None:
    mask = EVERYWHERE.copy()
    mask[:300] = False
    basis = background_basis(mask)
    assert basis.shape[1] < 14
    assert not basis[:300].any()
    np.testing.assert_allclose(basis.T @ basis, np.eye(basis.shape[1]), atol=1e-10)


def test_a_mask_without_any_point_gives_nothing() -> None:
    nothing = np.zeros(WINDOW_POINTS, dtype=bool)
    assert not project_out(np.ones(WINDOW_POINTS), nothing).any()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.integers(0, 500), st.integers(1, 200))
def test_projecting_twice_changes_nothing(seed: int, start: int, length: int) -> None:
    mask = EVERYWHERE.copy()
    mask[start : start + length] = False
    values = np.random.default_rng(seed).normal(size=(2, WINDOW_POINTS))
    once = project_out(values, mask)
    np.testing.assert_allclose(project_out(once, mask), once, atol=1e-9)
    # a spline of which the mask leaves less than a millionth is no longer part of the background
    np.testing.assert_allclose(once @ window_splines(14), 0.0, atol=1e-5)
