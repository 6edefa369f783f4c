import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quayscan.match.ridge import nested_ridge, ridge


def slow_ridge(
    columns: np.ndarray, values: np.ndarray, weight: np.ndarray, penalty: np.ndarray
) -> tuple[np.ndarray, float]:
    """Least squares on the rows and the priors written out as further rows."""
    root = np.sqrt(weight)
    rows = np.vstack([columns * root[:, None], np.diag(np.sqrt(penalty))])
    target = np.concatenate([values * root, np.zeros(penalty.size)])
    solution, *_ = np.linalg.lstsq(rows, target, rcond=None)
    return solution, float(weight @ (values - columns @ solution) ** 2)


def moments_of(columns: np.ndarray, values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    beside = np.column_stack([columns, values])
    return (beside * weight[:, None]).T @ beside


@settings(max_examples=40, deadline=None)
@given(st.integers(10, 300), st.integers(1, 8), st.integers(0, 1000))
def test_moments_give_the_least_squares_solution(rows: int, count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    columns, values = rng.normal(size=(rows, count)), rng.normal(size=rows)
    weight, penalty = rng.uniform(0.0, 2.0, rows), rng.uniform(0.0, 3.0, count)
    solution, left = ridge(moments_of(columns, values, weight), penalty)
    expected, expected_left = slow_ridge(columns, values, weight, penalty)
    np.testing.assert_allclose(solution, expected, rtol=1e-6, atol=1e-8)
    assert left == pytest.approx(expected_left, rel=1e-6, abs=1e-9)


def test_many_at_once_are_each_alone() -> None:
    rng = np.random.default_rng(2)
    moments = np.stack([moments_of(rng.normal(size=(40, 6)), rng.normal(size=40), np.ones(40)) for _ in range(5)])
    penalty = rng.uniform(0.0, 1.0, (5, 6))
    solutions, left = ridge(moments, penalty)
    for at in range(5):
        alone, alone_left = ridge(moments[at], penalty[at])
        np.testing.assert_allclose(solutions[at], alone, rtol=1e-12)
        assert left[at] == pytest.approx(float(alone_left), rel=1e-12)


def test_a_shorter_penalty_fits_the_first_columns_alone() -> None:
    rng = np.random.default_rng(0)
    columns, values, weight = rng.normal(size=(100, 5)), rng.normal(size=100), np.ones(100)
    solution, _ = ridge(moments_of(columns, values, weight), np.zeros(2))
    expected, _ = slow_ridge(columns[:, :2], values, weight, np.zeros(2))
    np.testing.assert_allclose(solution, expected, rtol=1e-6)


def test_a_column_without_data_gets_nothing() -> None:
    columns = np.stack([np.ones(20), np.zeros(20)], axis=1)
    solution, left = ridge(moments_of(columns, np.full(20, 3.0), np.ones(20)), np.zeros(2))
    np.testing.assert_allclose(solution, [3.0, 0.0], atol=1e-6)
    assert left == pytest.approx(0.0, abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 5), st.integers(1, 3), st.integers(0, 1000))
def test_one_elimination_gives_what_two_ridges_give(inner: int, more: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = inner + more
    moments = np.stack([moments_of(rng.normal(size=(40, count)), rng.normal(size=40), np.ones(40)) for _ in range(3)])
    penalty = rng.uniform(0.0, 3.0, (3, count))
    solution, left, left_alone = nested_ridge(moments, penalty, inner)
    expected, expected_left = ridge(moments, penalty)
    np.testing.assert_allclose(solution, expected, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(left, expected_left, rtol=1e-9)
    _, expected_alone = ridge(moments[:, [*range(inner), -1]][:, :, [*range(inner), -1]], penalty[:, :inner])
    np.testing.assert_allclose(left_alone, expected_alone, rtol=1e-9)
