import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quayscan.preprocess.despike import despike, despike_all, modified_z_score

AXIS = np.linspace(200.0, 2300.0, 2048)


def quiet(seed: int = 0) -> np.ndarray:
    return 1000.0 + np.random.default_rng(seed).normal(0.0, 5.0, AXIS.size)


@pytest.mark.parametrize("width", [1, 2])
def test_a_cosmic_ray_is_replaced_by_its_neighbours_level(width: int) -> None:
    clean = quiet()
    hit = clean.copy()
    hit[700 : 700 + width] += 2000.0
    repaired, count = despike(AXIS, hit)
    assert count == 1
    np.testing.assert_allclose(repaired[698:704], 1000.0, atol=30.0)
    np.testing.assert_array_equal(np.delete(repaired, np.s_[698:704]), np.delete(clean, np.s_[698:704]))


def test_a_ray_on_the_flank_of_a_band_is_removed() -> None:
    band = 20000.0 * np.exp(-0.5 * ((AXIS - 1000.0) / 6.0) ** 2)
    counts = quiet(1) + band
    at = int(np.searchsorted(AXIS, 1040.0))
    counts[at] += 5000.0
    repaired, count = despike(AXIS, counts)
    assert count == 1
    assert repaired[at] < 1100.0


@settings(max_examples=50, deadline=None)
@given(st.floats(2.5, 12.0), st.floats(100.0, 60000.0), st.floats(0.0, 1.0))
def test_a_band_of_two_and_a_half_pixels_or_more_survives(fwhm_px: float, height: float, phase: float) -> None:
    pixel = np.arange(AXIS.size) - (1000.0 + phase)
    counts = quiet(2) + height * np.exp(-4.0 * np.log(2.0) * (pixel / fwhm_px) ** 2)
    repaired, count = despike(AXIS, counts)
    assert count == 0
    assert repaired is counts


def test_noise_alone_is_left_as_it_is() -> None:
    for seed in range(20):
        counts = quiet(seed)
        assert despike(AXIS, counts) == (counts, 0)


def test_a_coarse_axis_is_left_alone() -> None:
    axis = np.arange(300.0, 2200.0, 4.0)
    counts = np.random.default_rng(3).normal(0.0, 1.0, axis.size)
    counts[100] += 500.0
    assert despike(axis, counts) == (counts, 0)


def test_spectra_despiked_together_are_as_each_alone() -> None:
    rng = np.random.default_rng(5)
    many = [quiet(seed) * 10.0**seed for seed in range(5)]
    for counts in many[1:]:
        counts[[1, 2, 700, 2046]] += rng.normal(0.0, 1.0, 4) * np.ptp(counts) * 9
    many += [np.zeros(AXIS.size), np.linspace(0.0, 1.0, AXIS.size)]
    together = despike_all(AXIS, many)
    assert together[0][0] is many[0]
    assert together[1][1] > 0
    for counts, (repaired, count) in zip(many, together, strict=True):
        alone, its_count = despike(AXIS, counts)
        assert count == its_count
        np.testing.assert_array_equal(repaired, alone)


def test_the_modified_z_score_of_known_values() -> None:
    # median 3, absolute deviations 2 1 0 1 97, their median 1
    np.testing.assert_allclose(modified_z_score(np.array([1.0, 2.0, 3.0, 4.0, 100.0]))[-1], 0.6745 * 97)
    assert not modified_z_score(np.zeros(5)).any()


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=40))
def test_the_modified_z_score_is_that_of_the_medians_of_numpy(values: list[int]) -> None:
    deviation = np.array(values) - np.median(values)
    spread = np.median(np.abs(deviation))
    expected = 0.6745 * deviation / spread if spread else np.zeros(len(values))
    np.testing.assert_array_equal(modified_z_score(np.array(values, dtype=np.float64)), expected)
