"""Each effect of the bench has the size that its formula says."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_hardware import load_board
from quayscan_hardware.bench.adc import digitise
from quayscan_hardware.bench.ambient import ambient_rate
from quayscan_hardware.bench.camera import Camera
from quayscan_hardware.bench.conditions import IDEAL, Conditions
from quayscan_hardware.bench.cosmic_rays import add_cosmic_rays
from quayscan_hardware.bench.dark_current import dark_rate
from quayscan_hardware.bench.fluorescence import BLEACHABLE, bleaching
from quayscan_hardware.bench.glass import glass_profile
from quayscan_hardware.bench.lamps import lamp_lines
from quayscan_hardware.bench.laser_drift import LaserDrift
from quayscan_hardware.bench.noise import collect
from quayscan_hardware.bench.raman import pseudo_voigt
from quayscan_hardware.bench.slit import blur
from quayscan_hardware.samples import resolve_sample

BOARD = load_board("raman785")
SECONDS, LIGHT_MJ, COLD_C = 0.1, 10.0, -20.0


def camera(sample, conditions=IDEAL, seed=0, board=BOARD):
    rngs = [np.random.default_rng((seed, part)) for part in range(3)]
    return Camera(board, sample, conditions, device_rng=rngs[0], frame_rng=rngs[1], drift_rng=rngs[2])


def test_bands_fall_on_the_pixels_of_their_shift(two_bands):
    signal = camera(two_bands).expected(SECONDS, LIGHT_MJ, COLD_C)
    shift = BOARD.shift_cm1()
    for centre in two_bands.shift_cm1:
        near = np.abs(shift - centre) < 40
        peak = shift[near][np.argmax(signal[near])]
        assert peak == pytest.approx(centre, abs=1.0)  # a pixel is 0.6 cm-1 wide


def test_polystyrene_shows_its_1001_band_within_the_axis_error_of_the_instrument():
    for seed in range(5):
        signal = camera(resolve_sample("polystyrene"), Conditions(), seed).expected(SECONDS, LIGHT_MJ, COLD_C)
        shift = BOARD.shift_cm1()
        near = np.abs(shift - 1001.4) < 15  # ASTM E1840
        peak = shift[near][np.argmax(signal[near])]
        assert abs(peak - 1001.4) < 2.0 + 3.0  # axis error, and the table's own instrument


@given(seed=st.integers(0, 10_000))
def test_no_instrument_is_off_by_more_than_two_wavenumbers(seed):
    from quayscan_hardware.bench.wavelength_error import true_laser_nm, true_wavelength_nm

    rng = np.random.default_rng(seed)
    laser = true_laser_nm(BOARD, rng, 1.0)
    shift = 1e7 / laser - 1e7 / true_wavelength_nm(BOARD, rng, 1.0)
    assert np.max(np.abs(shift - BOARD.shift_cm1())) <= 2.0


def test_pseudo_voigt_is_half_high_at_half_its_width():
    for eta in (0.0, 0.3, 1.0):
        line = pseudo_voigt(np.array([-5.0, 0.0, 5.0]), 10.0, eta)
        np.testing.assert_allclose(line, [0.5, 1.0, 0.5])


def test_slit_keeps_the_light_and_gives_a_sharp_line_its_own_width():
    line = np.zeros(401)
    line[200] = 1.0
    image = blur(line, 13.0)
    assert image.sum() == pytest.approx(1.0)
    pixel = np.arange(401)
    fwhm = 2.3548 * np.sqrt(np.sum(image * (pixel - 200.0) ** 2))
    assert fwhm == pytest.approx(np.hypot(13.0, 2.3548 / np.sqrt(12)), rel=1e-3)  # slit and pixel


def test_slit_leaves_a_flat_spectrum_flat_to_its_ends():
    np.testing.assert_allclose(blur(np.full(100, 7.0), 13.0), 7.0)


def test_dark_current_doubles_in_its_doubling_temperature():
    detector = BOARD.detector
    rates = [dark_rate(detector, detector.dark_reference_c + k * detector.dark_doubling_c) for k in (-1, 0, 1)]
    np.testing.assert_allclose(rates, detector.dark_e_per_s * np.array([0.5, 1.0, 2.0]))


def test_shot_noise_variance_in_counts_is_mean_over_gain():
    detector = replace(BOARD.detector, adc_offset=0.0)
    rng = np.random.default_rng(1)
    counts = digitise(collect(np.full(200_000, 20_000.0), 0.0, rng), detector)
    expected = counts.mean() / detector.gain_e_per_count
    assert counts.var() == pytest.approx(expected, rel=0.02)  # 5 sigma of the variance of 200,000 draws


def test_read_noise_adds_its_square():
    rng = np.random.default_rng(2)
    electrons = collect(np.full(200_000, 1000.0), 35.0, rng)
    assert electrons.var() == pytest.approx(1000.0 + 35.0**2, rel=0.02)


def test_converter_clips_at_both_ends_and_the_full_well_first():
    detector = BOARD.detector
    ends = digitise(np.array([-1e6, 0.0, 1e9]), detector)
    assert list(ends) == [0, 1000, 65535]
    small_well = replace(detector, full_well_e=16_000.0)
    assert digitise(np.array([1e9]), small_well)[0] == 1000 + 10_000


def test_a_long_exposure_saturates_the_strongest_band_only(two_bands):
    frame = camera(two_bands).take(2.0, 200.0, COLD_C)
    shift = BOARD.shift_cm1()
    assert frame[np.abs(shift - 800) < 2].min() == BOARD.detector.adc_max
    assert frame[np.abs(shift - 1200) < 50].max() < 10_000


def test_fluorescence_fades_with_dose_to_the_part_that_does_not_bleach():
    values = [bleaching(dose, 5.0) for dose in (0.0, 5.0, 500.0)]
    np.testing.assert_allclose(values, [1.0, 1 - BLEACHABLE + BLEACHABLE / np.e, 1 - BLEACHABLE])


def test_background_of_a_fluorescent_sample_falls_from_frame_to_frame():
    oil = camera(resolve_sample("mineral-oil"))
    levels = [np.median(oil.take(SECONDS, LIGHT_MJ, COLD_C)) for _ in range(40)]
    assert np.mean(levels[-5:]) < 0.97 * np.mean(levels[:5])
    assert oil.dose_j == pytest.approx(40 * LIGHT_MJ * 1e-3)


def test_drift_has_the_spread_of_the_board_and_no_jumps():
    drift = LaserDrift(0.01, np.random.default_rng(3))
    walk = np.array([drift.step(1.0) for _ in range(100_000)])
    assert walk.mean() == pytest.approx(1.0, abs=0.001)
    assert walk.std() == pytest.approx(0.01, rel=0.1)  # about 800 independent stretches
    assert np.abs(np.diff(walk)).max() < 0.01


def test_hot_pixels_are_as_many_as_the_board_says_and_stay_where_they_are():
    spread = Conditions(wavelength_error=0, dark_spread=0, hot_pixels=1, pixel_response=0)
    one, same = (camera("dark", spread, seed=4).expected(1.0, 0.0, 20.0) for _ in range(2))
    np.testing.assert_array_equal(one, same)
    assert np.count_nonzero(one > 1.01 * np.median(one)) <= BOARD.detector.hot_pixels
    assert one.max() > 2 * np.median(one)


def test_pixel_response_scales_light_but_not_dark():
    uneven = replace(IDEAL, pixel_response=1.0)
    even, spread = camera("srm2241"), camera("srm2241", uneven)
    dark = even.expected(1.0, 0.0, 20.0)
    np.testing.assert_allclose(spread.expected(1.0, 0.0, 20.0), dark)
    ratio = (spread.expected(1.0, 10.0, 20.0) - dark) / (even.expected(1.0, 10.0, 20.0) - dark)
    assert ratio.std() == pytest.approx(BOARD.detector.response_spread, rel=0.1)


def test_cosmic_rays_come_at_their_rate_and_only_add():
    rng = np.random.default_rng(5)
    hits = 0
    for _ in range(200):
        electrons = np.zeros(3648)
        hits += add_cosmic_rays(electrons, 0.5, 1.0, rng)
        assert electrons.min() == 0.0
        assert np.count_nonzero(electrons) <= 4 * 5
    assert 60 <= hits <= 140  # 100 expected, 4 sigma


def test_neon_needs_no_laser_and_shows_its_lines_at_their_wavelengths():
    signal = camera("neon").expected(SECONDS, 0.0, COLD_C)
    wavelength = BOARD.wavelength_nm()
    for line in (849.5360, 859.1258, 966.5420):  # isolated, NIST
        near = np.abs(wavelength - line) < 1.0
        assert wavelength[near][np.argmax(signal[near])] == pytest.approx(line, abs=0.06)  # a pixel, and a neighbour


def test_lamp_table_holds_neon_as_nist_has_it():
    lines = dict(lamp_lines("Ne I"))
    assert lines[837.7608] == 800.0
    assert len(lines) > 50


def test_glass_follows_its_polynomial():
    x = 1000.0
    by_hand = (
        0.0971937 + 0.000228325 * x - 5.86762e-08 * x**2 + 2.16023e-10 * x**3 - 9.77171e-14 * x**4
    ) + 1.15596e-17 * x**5
    assert glass_profile(np.array([x]))[0] == pytest.approx(by_hand)


def test_dark_has_no_light_and_nothing_in_front_gives_no_signal():
    dark = camera("dark", Conditions(ambient="daylight"))
    np.testing.assert_array_equal(dark.expected(1.0, 100.0, 20.0), dark.expected(1.0, 0.0, 20.0))
    bare = camera("none")
    glow = bare.expected(SECONDS, LIGHT_MJ, 20.0) - bare.expected(SECONDS, 0.0, 20.0)
    assert 0.0 < glow.max() < 3 * np.sqrt(bare.expected(SECONDS, 0.0, 20.0)).max()


def test_ambient_light_falls_on_dark_and_light_frames_alike(two_bands):
    lit_room = camera(two_bands, replace(IDEAL, ambient="fluorescent")).expected(1.0, 0.0, COLD_C)
    dark_room = camera(two_bands).expected(1.0, 0.0, COLD_C)
    leak = lit_room - dark_room
    wavelength = BOARD.wavelength_nm()
    assert leak.min() > 0
    assert abs(wavelength[np.argmax(leak)] - 811.53) < 0.5 or abs(wavelength[np.argmax(leak)] - 912.30) < 0.5


def test_unknown_ambient_lists_the_choices():
    with pytest.raises(ValueError, match=r"'moonlight'.*none, daylight, fluorescent"):
        ambient_rate("moonlight", BOARD.wavelength_nm(), 13.0)
