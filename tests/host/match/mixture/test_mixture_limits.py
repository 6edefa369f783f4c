"""Detection limits and ranges of shares hold on drawn mixtures."""

from __future__ import annotations

import numpy as np
import pytest

from quayscan.library import Library
from quayscan.match.mixture import MixtureOptions, net_band_area
from quayscan.match.mixture.fractions import share_ranges
from quayscan.preprocess import prepare

from ..drawing import SUBSTANCES, measured
from .drawn_mixtures import mixture, names, pursuit, start, unmixed

ROWS = list(SUBSTANCES)


def _share(height: float, minor: str, major: str = "alpha") -> float:
    """Share of net band area that a height of the minor substance beside 1 of the major one makes."""
    own, other = (
        float(net_band_area(prepare(measured(SUBSTANCES[name], level=0.0, noise=0.1)).bands)) for name in (minor, major)
    )
    return height * own / (height * own + other)


@pytest.mark.parametrize("noise", [15.0, 60.0, 200.0])
def test_a_component_at_its_stated_limit_is_found(drawn_library: Library, noise: float) -> None:
    found = 0
    for seed in range(10):
        limits = unmixed(measured(SUBSTANCES["alpha"], noise=noise, seed=seed), drawn_library).limits
        limit = limits[ROWS.index("delta")]
        height = limit / (1 - limit) / (_share(1.0, "delta") / (1 - _share(1.0, "delta")))
        there = mixture({"alpha": 1.0, "delta": height}, noise=noise, seed=seed + 100)
        found += "delta" in names(unmixed(there, drawn_library))
    assert found >= 9


def test_more_noise_means_a_higher_limit(drawn_library: Library) -> None:
    quiet, loud = (unmixed(measured(SUBSTANCES["alpha"], noise=n), drawn_library).limits[3] for n in (10.0, 400.0))
    assert loud > 2 * quiet


def test_a_limit_is_a_share_and_never_under_the_least_one(drawn_library: Library) -> None:
    limits = unmixed(measured(SUBSTANCES["alpha"], noise=0.1), drawn_library).limits
    assert (limits >= MixtureOptions().least_share).all()
    assert (limits <= 1.0).all()


def test_the_range_holds_the_true_share(drawn_library: Library) -> None:
    for seed, height in enumerate((0.1, 0.2, 0.5, 0.9)):
        found = unmixed(mixture({"alpha": 1.0, "delta": height}, seed=seed), drawn_library)
        low, high = next((one.low, one.high) for one in found.ingredients if one.substance == "delta")
        assert low <= _share(height, "delta") <= high


def test_a_single_component_has_the_whole_share(drawn_library: Library) -> None:
    of = pursuit(prepare(measured(SUBSTANCES["alpha"])), drawn_library)
    assert share_ranges(start(of, 0), of.options) == pytest.approx(np.array([[1.0, 1.0]]))
