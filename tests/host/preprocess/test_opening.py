"""An opening follows slopes, so that fluorescence has no band area."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import grey_dilation, grey_erosion

from quayscan.preprocess.envelope import MINIMUM_POINTS, band_part
from quayscan.preprocess.grid import GRID, POINTS, WINDOW
from quayscan.preprocess.opening import SMOOTHING_POINTS, opened_bands, opening

EVERYWHERE = np.ones(POINTS, dtype=bool)
BAND = 50.0 * np.exp(-0.5 * ((GRID - 1000.0) / 8.0) ** 2)


def area(bands: np.ndarray) -> float:
    return float(bands[WINDOW].sum())


def test_a_band_on_a_level_background_is_all_band() -> None:
    np.testing.assert_allclose(opened_bands(200.0 + BAND, EVERYWHERE)[WINDOW], BAND[WINDOW], atol=0.01)


@pytest.mark.parametrize("fall", [1.0, 10.0])
def test_a_steep_decline_has_a_tenth_of_the_area_that_a_running_minimum_gives_it(fall: float) -> None:
    slope = fall * 50.0 * np.exp(-(GRID - 300.0) / 700.0)
    assert area(opened_bands(slope, EVERYWHERE)) < 0.1 * area(band_part(slope, EVERYWHERE))


def test_what_an_edge_filter_cuts_off_below_400_does_not_matter() -> None:
    cut = np.where(GRID < 400.0, 0.0, 500.0)
    np.testing.assert_allclose(opened_bands(cut + BAND, EVERYWHERE)[WINDOW], BAND[WINDOW], atol=0.01)
    assert not opening(cut, EVERYWHERE)[: WINDOW.start].any()


def test_masked_points_take_no_part() -> None:
    mask = GRID > 600.0
    values = np.where(mask, 300.0 + BAND, -1e6)
    bands = opened_bands(values, mask)
    np.testing.assert_allclose(bands[WINDOW][mask[WINDOW]], BAND[WINDOW][mask[WINDOW]], atol=0.01)
    assert not bands[~mask].any()


def test_it_is_a_grey_opening_smoothed_three_times() -> None:
    noise = np.random.default_rng(3).normal(size=POINTS)
    total, weight = np.zeros(POINTS), np.zeros(POINTS)
    alone = np.where(np.isin(np.arange(POINTS), np.arange(POINTS)[WINDOW]), noise, np.inf)
    lowest = grey_erosion(alone, MINIMUM_POINTS, mode="constant", cval=np.inf)
    highest = grey_dilation(np.where(np.isfinite(lowest), lowest, -np.inf), MINIMUM_POINTS)
    total[WINDOW], weight[WINDOW] = highest[WINDOW], 1.0
    kernel = np.ones(SMOOTHING_POINTS)
    for _ in range(3):
        total, weight = np.convolve(total, kernel, "same"), np.convolve(weight, kernel, "same")
    np.testing.assert_allclose(opening(noise, EVERYWHERE)[WINDOW], total[WINDOW] / weight[WINDOW], atol=1e-9)
