import numpy as np

from quayscan.match.moments import SPLINES, spline_products, weighted_moments
from quayscan.preprocess.grid import WINDOW_POINTS
from quayscan.preprocess.projection import BACKGROUND_SPLINES, FINE_SPLINES, window_splines


def splines() -> np.ndarray:
    return np.concatenate([window_splines(BACKGROUND_SPLINES), window_splines(FINE_SPLINES)], axis=1)


def slow_moments(own: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Every column written out, one fit at a time."""
    wide = [np.concatenate([splines(), one], axis=1) for one in own]
    return np.stack([(one * by[:, None]).T @ one for one, by in zip(wide, weight, strict=True)])


def test_the_sums_are_those_of_full_columns() -> None:
    rng = np.random.default_rng(0)
    own, weight = rng.normal(size=(7, WINDOW_POINTS, 4)), rng.uniform(0.0, 2.0, (7, WINDOW_POINTS))
    np.testing.assert_allclose(weighted_moments(own, weight), slow_moments(own, weight), rtol=1e-10, atol=1e-10)


def test_points_without_weight_take_no_part() -> None:
    rng = np.random.default_rng(1)
    own, weight = rng.normal(size=(1, WINDOW_POINTS, 2)), np.ones((1, WINDOW_POINTS))
    weight[:, 300:] = 0.0
    other = own.copy()
    other[:, 300:] = 1e6
    np.testing.assert_array_equal(weighted_moments(own, weight), weighted_moments(other, weight))


def test_a_fit_has_the_same_sums_alone_and_among_others() -> None:
    rng = np.random.default_rng(2)
    own, weight = rng.normal(size=(5, WINDOW_POINTS, 7)), rng.uniform(0.0, 2.0, (5, WINDOW_POINTS))
    together = weighted_moments(own, weight)
    for at in range(5):
        np.testing.assert_array_equal(weighted_moments(own[at : at + 1], weight[at : at + 1])[0], together[at])


def test_every_pair_of_splines_that_meet_is_counted_once() -> None:
    made = spline_products()
    met = splines().T @ splines() > 0
    counted = np.zeros((SPLINES, SPLINES), dtype=int)
    np.add.at(counted, (made.first, made.second), 1)
    assert np.array_equal(counted, np.triu(met).astype(int))
