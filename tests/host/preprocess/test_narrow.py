"""Cosmic rays of several pixels go, of either sign; bands stay."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan.preprocess.despike import despike
from quayscan.preprocess.narrow import narrow_pixels

AXIS = np.arange(200.0, 2400.0, 0.62)
NOISE = 17.0


def band(centre: float, fwhm: float, height: float) -> np.ndarray:
    return height * np.exp(-4 * np.log(2) * ((AXIS - centre) / fwhm) ** 2)


def background(seed: int) -> np.ndarray:
    return 500 + 0.1 * AXIS + np.random.default_rng(seed).normal(0, NOISE, AXIS.size)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("shape", [[1.0], [0.5, 0.5], [0.45, 0.1, 0.45], [0.1, 0.4, 0.4, 0.1], [0.7, 0.0, 0.0, 0.3]])
def test_a_hit_of_one_to_four_pixels_is_removed(shape: list[float], sign: int) -> None:
    clean = background(1)
    hit = clean.copy()
    hit[1500 : 1500 + len(shape)] += sign * 1000 * np.array(shape)
    repaired, spikes = despike(AXIS, hit)
    assert spikes == 1
    assert np.max(np.abs(repaired - clean)) < 6 * NOISE  # what is put in place of noise is off by noise


@given(
    centre=st.floats(300, 2200),
    fwhm=st.floats(5, 60),
    height=st.floats(10, 50_000),
    seed=st.integers(0, 50),
)
def test_a_band_as_narrow_as_the_slit_allows_is_never_touched(
    centre: float, fwhm: float, height: float, seed: int
) -> None:
    clean = band(centre, fwhm, height) + 500
    noisy = clean + np.random.default_rng(seed).normal(0, np.sqrt(NOISE**2 + clean / 16))
    flagged = narrow_pixels(AXIS, noisy)
    assert not flagged[np.abs(AXIS - centre) < fwhm].any()


def test_a_dip_no_longer_pulls_the_background_down() -> None:
    dip = background(2)
    dip[1000:1003] -= 300
    repaired, _ = despike(AXIS, dip)
    assert repaired[1000:1003].min() > 500


def test_a_coarse_axis_is_left_to_the_single_pixel_rule() -> None:
    axis = AXIS[::4]
    spectrum = background(3)[::4]
    spectrum[200:203] += 2000
    assert not narrow_pixels(axis, spectrum).any()
