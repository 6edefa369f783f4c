"""The photon transfer fit: known answers, an independent maximum of the likelihood, and what must not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from quayscan.rig.metrology.transfer import fit_transfer

GAIN, READ_VARIANCE = 1.6, 480.0


def drawn(seed: int, n: int = 20_000, rays: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Signals and half squares of pairs with this gain and read noise, some of them hit by cosmic rays."""
    rng = np.random.default_rng(seed)
    true = rng.uniform(0.0, 40_000.0, n)
    first, second = (rng.poisson(true * GAIN) / GAIN + np.sqrt(READ_VARIANCE) * rng.standard_normal(n) for _ in "ab")
    first[:rays] += 20_000.0
    return (first + second) / 2, (first - second) ** 2 / 2


def test_gain_and_read_noise_come_back_within_their_own_uncertainty() -> None:
    pulls = []
    for seed in range(40):
        a, b, covariance = fit_transfer(*drawn(seed))
        pulls.append([(a - READ_VARIANCE) / covariance[0, 0] ** 0.5, (b - 1 / GAIN) / covariance[1, 1] ** 0.5])
    assert np.abs(np.mean(pulls, axis=0)).max() < 0.6  # 40 draws: 3.8 standard errors of their mean
    assert np.std(pulls, axis=0) == pytest.approx([1.0, 1.0], abs=0.4)


def test_it_is_the_maximum_of_the_likelihood() -> None:
    """Each half square over its variance is chi-squared with one degree of freedom: log v + h / v, to be minimised."""
    signal, half_square = drawn(7, 4000)
    a, b, _ = fit_transfer(signal, half_square)

    def minus_log(guess: np.ndarray) -> float:
        variance = np.maximum(guess[0] * 480 + guess[1] * np.maximum(signal, -700), 1.0)
        return float(np.sum(np.log(variance) + half_square / variance))

    best = minimize(
        minus_log, [1.0, 0.6], method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-7, "maxiter": 4000}
    )
    assert (a, b) == pytest.approx((best.x[0] * 480, best.x[1]), rel=2e-2)


def test_cosmic_rays_do_not_matter() -> None:
    a, b, covariance = fit_transfer(*drawn(3, rays=40))
    assert abs(b - 1 / GAIN) < 4 * covariance[1, 1] ** 0.5
    assert abs(a - READ_VARIANCE) < 4 * covariance[0, 0] ** 0.5


@settings(max_examples=20, deadline=None)
@given(st.floats(0.05, 50.0), st.randoms(use_true_random=False))
def test_neither_units_nor_order_matter(scale: float, random: object) -> None:
    signal, half_square = drawn(11, 3000)
    a, b, _ = fit_transfer(signal, half_square)
    order = np.random.default_rng(random.randrange(2**32)).permutation(signal.size)  # type: ignore[attr-defined]
    scaled_a, scaled_b, _ = fit_transfer(scale * signal[order], scale**2 * half_square[order])
    assert (scaled_a / scale**2, scaled_b / scale) == pytest.approx((a, b), rel=1e-6)
