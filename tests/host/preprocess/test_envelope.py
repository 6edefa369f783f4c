import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quayscan.preprocess.envelope import (
    SMOOTHING_PASSES,
    SMOOTHING_POINTS,
    band_part,
    envelope,
    running_mean,
    running_minimum,
)
from quayscan.preprocess.grid import GRID, POINTS

EVERYWHERE = np.ones(POINTS, dtype=bool)


def slow_minimum(values: np.ndarray, width: int) -> np.ndarray:
    half = width // 2
    return np.array([values[max(0, at - half) : at + half + 1].min() for at in range(values.size)])


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 40), st.integers(1, 120), st.integers(0, 1000))
def test_running_minimum_equals_the_plain_loop(half: int, size: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=size)
    width = 2 * half + 1
    np.testing.assert_array_equal(running_minimum(values, width), slow_minimum(values, width))


def test_rows_are_treated_one_by_one() -> None:
    rows = np.random.default_rng(0).normal(size=(3, 200))
    for row, result in zip(rows, running_minimum(rows, 91), strict=True):
        np.testing.assert_array_equal(result, slow_minimum(row, 91))


def test_a_constant_is_all_background_and_a_band_is_all_band() -> None:
    band = 50.0 * np.exp(-0.5 * ((GRID - 1000.0) / 8.0) ** 2)
    np.testing.assert_allclose(envelope(np.full(POINTS, 200.0), EVERYWHERE), 200.0)
    np.testing.assert_allclose(band_part(200.0 + band, EVERYWHERE), band, atol=0.01)


def test_masked_points_take_no_part() -> None:
    mask = GRID > 600.0
    values = np.where(mask, 300.0, -1e6)
    np.testing.assert_allclose(envelope(values, mask)[mask], 300.0)
    assert not band_part(values, mask)[~mask].any()


@pytest.mark.parametrize("seed", range(3))
def test_the_band_part_is_never_negative(seed: int) -> None:
    noise = np.random.default_rng(seed).normal(size=POINTS)
    assert np.all(band_part(noise, EVERYWHERE) >= 0)


@given(st.integers(0, 30), st.integers(1, 100), st.integers(0, 1000))
def test_running_mean_equals_the_plain_loop(half: int, size: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=size)
    width = 2 * half + 1
    filled = np.pad(values, half)
    slow = np.array([filled[at : at + width].mean() for at in range(size)])
    np.testing.assert_allclose(running_mean(values, width), slow, atol=1e-9)


def test_the_smoothing_has_the_width_of_its_gaussian() -> None:
    point = np.zeros(POINTS)
    point[475] = 1.0
    for _ in range(SMOOTHING_PASSES):
        point = running_mean(point, SMOOTHING_POINTS)
    width = np.sqrt(np.sum(point * (GRID - GRID[475]) ** 2))
    assert width == pytest.approx(60.0, rel=0.02)
