"""The near-infrared bench: lamp, white tile and powder have the size that their formulas say."""

from pathlib import Path

import numpy as np
import pytest

from quayscan_hardware import load_board
from quayscan_hardware.bench import IDEAL, Bench, Conditions
from quayscan_hardware.bench.camera import Camera
from quayscan_hardware.bench.halogen import COLD_SHARE, halogen_profile, settled_share
from quayscan_hardware.bench.nir_scene import WHITE_REFLECTANCE, WINDOW_REFLECTANCE
from quayscan_hardware.samples import resolve_sample
from quayscan_hardware.samples.near_infrared import (
    NIR_SOURCES,
    NirSample,
    nir_sample_names,
    read_nir_sample,
    resolve_nir_sample,
)

BOARD = load_board("nir1700")
SECONDS, LIGHT_MJ, TEMP_C = 0.02, 10.0, 20.0
INDICATOR, ENABLE = 1, 2
ONE_BAND = NirSample(
    name="one-band",
    position_nm=np.array([1300.0]),
    width_nm=np.array([60.0]),
    depth_au=np.array([0.3]),
    continuum_nm=np.array([950.0, 1650.0]),
    continuum_au=np.array([0.1, 0.1]),
)


def camera(sample, conditions=IDEAL, seed=0, board=BOARD):
    rngs = [np.random.default_rng((seed, part)) for part in range(3)]
    return Camera(board, sample, conditions, device_rng=rngs[0], frame_rng=rngs[1], drift_rng=rngs[2])


def seen_absorbance(sample, conditions=IDEAL, seed=0):
    one = camera(sample, conditions, seed)
    dark, white, light = (
        one.expected(SECONDS, mj, TEMP_C, tile) for mj, tile in ((0, 0), (LIGHT_MJ, 1), (LIGHT_MJ, 0))
    )
    return np.log10((white - dark) / (light - dark))


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def bench(clock):
    one = Bench("nir1700", ONE_BAND, conditions=IDEAL, clock=clock)
    one.connect(True)
    return one


def frame(bench, clock):
    """A frame with the lamp as it is now, kept on by the one-shot's pulse."""
    bench.retrigger()
    bench.start_integration(20_000)
    clock.now += 0.02
    return bench.read_frame().astype(float)


def test_white_over_sample_gives_back_the_samples_absorbance():
    absorbance = seen_absorbance(ONE_BAND)
    at = np.argmax(absorbance)
    lost = 10 ** -ONE_BAND.absorbance(BOARD.wavelength_nm())
    expected = np.log10((WHITE_REFLECTANCE + WINDOW_REFLECTANCE) / (lost + WINDOW_REFLECTANCE))
    assert BOARD.wavelength_nm()[at] == pytest.approx(1300.0, abs=3.3)  # a pixel
    np.testing.assert_allclose(absorbance, expected, atol=0.01)  # the slit takes 0.007 off the band's top


def test_the_bands_of_two_seeds_differ_by_packing_and_axis_only():
    first, other = (seen_absorbance(resolve_nir_sample("caffeine"), Conditions(), seed) for seed in (1, 2))
    inside = slice(25, 235)
    assert np.std(first[inside] - other[inside]) > 1e-4
    assert np.corrcoef(first[inside], other[inside])[0, 1] > 0.97


@pytest.mark.parametrize(
    ("source", "share"), [("white", 1.0), ("none", WINDOW_REFLECTANCE / WHITE_REFLECTANCE), ("dark", 0.0)]
)
def test_a_source_sends_back_its_share_of_what_the_tile_does(source, share):
    one = camera(source)
    dark, white, light = (
        one.expected(SECONDS, mj, TEMP_C, tile) for mj, tile in ((0, 0), (LIGHT_MJ, 1), (LIGHT_MJ, 0))
    )
    np.testing.assert_allclose(light - dark, share * (white - dark), rtol=0.01, atol=1.0)


def test_the_tile_at_the_default_exposure_uses_most_of_the_converter_and_never_all():
    top = max(int(camera("white", Conditions(), seed).take(SECONDS, LIGHT_MJ, TEMP_C, 1.0).max()) for seed in range(10))
    assert 0.6 * BOARD.detector.adc_max < top < 0.9 * BOARD.detector.adc_max


def test_no_sample_saturates_at_the_default_exposure():
    for name in nir_sample_names():
        assert camera(name, Conditions(), 3).take(SECONDS, LIGHT_MJ, TEMP_C).max() < BOARD.detector.adc_max


def test_daylight_falls_on_dark_frames_alike_and_unknown_light_lists_the_choices():
    lit = camera(ONE_BAND, Conditions(ambient="daylight")).expected(SECONDS, 0.0, TEMP_C)
    assert np.all(lit > camera(ONE_BAND, Conditions()).expected(SECONDS, 0.0, TEMP_C))
    with pytest.raises(ValueError, match=r"'moonlight'.*daylight, fluorescent, none"):
        camera(ONE_BAND, Conditions(ambient="moonlight"))


def test_the_lamp_is_that_of_a_filament_brightest_in_the_near_infrared():
    axis = np.linspace(600.0, 2500.0, 1901)
    assert axis[np.argmax(halogen_profile(axis))] == pytest.approx(3.6697e6 / 2900.0, abs=1.0)  # Wien, photons a nm


def test_the_filament_rises_to_exactly_one_and_stays():
    shares = [settled_share(seconds, 0.4) for seconds in (0.0, 0.1, 0.2, 0.39, 0.4, 5.0)]
    assert shares[0] == pytest.approx(COLD_SHARE)
    assert shares == sorted(shares)
    assert shares[-2:] == [1.0, 1.0]


def test_a_frame_before_the_filament_has_settled_is_dimmer(bench, clock):
    bench.drive_outputs(INDICATOR | ENABLE, 5000)
    first = frame(bench, clock)
    for _ in range(5):
        clock.now += 0.1
        bench.retrigger()
    settled, later = frame(bench, clock), frame(bench, clock)
    assert 0.5 < first[128] / settled[128] < 0.75
    assert settled[128] == pytest.approx(later[128], rel=0.01)  # shot noise of 3.6 Me- is 0.05 %


def test_the_tile_takes_its_time_to_come_and_go(bench, clock):
    bench.drive_outputs(INDICATOR | ENABLE, 5000)
    for _ in range(6):
        bench.retrigger()
        clock.now += 0.1
    away = frame(bench, clock)[128]
    bench.place_white(True)
    moving = frame(bench, clock)[128]
    bench.retrigger()
    clock.now += 0.15
    there = frame(bench, clock)[128]
    assert away < moving < there
    bench.place_white(True)  # it is there already
    assert frame(bench, clock)[128] == pytest.approx(there, rel=0.01)


def test_a_sample_of_the_other_technique_is_refused_with_those_that_exist():
    with pytest.raises(ValueError, match=r"'acetone'.*aspirin.*xylose.*white"):
        Bench("nir1700", "acetone")
    with pytest.raises(ValueError, match="raman785 measures raman"):
        Bench("raman785", ONE_BAND)
    with pytest.raises(ValueError, match="nir1700 measures nir"):
        Bench("nir1700", resolve_sample("acetone"))


@pytest.mark.parametrize("name", sorted(set(nir_sample_names()) - set(NIR_SOURCES)))
def test_every_powder_absorbs_between_nothing_and_one_over_the_boards_range(name):
    sample = resolve_nir_sample(name)
    assert isinstance(sample, NirSample)
    absorbance = sample.absorbance(np.arange(944.0, 1677.0))
    assert -0.05 < absorbance.min() < absorbance.max() < 1.2


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("band,1300,60,0.3", "0 continuum points"),
        ("continuum,950,,0.1\ncontinuum,1650,,0.1", "0 bands"),
        ("band,1300,x,0.3\ncontinuum,950,,0.1\ncontinuum,1650,,0.1", "no number"),
        ("band,1300,0,0.3\ncontinuum,950,,0.1\ncontinuum,1650,,0.1", "widths must be above 0"),
        ("band,1300,60,0.3\ncontinuum,950,,0.1\ncontinuum,950,,0.1", "points apart"),
    ],
)
def test_a_damaged_near_infrared_table_is_refused_with_its_name(tmp_path: Path, rows, complaint):
    table = tmp_path / "broken.csv"
    table.write_text(f"term,position_nm,width_nm,depth_au\n{rows}\n")
    with pytest.raises(ValueError, match=rf"broken\.csv.*{complaint}"):
        read_nir_sample(table)


def test_the_photodiode_sees_a_filament_glow_on_until_the_board_s_time_to_follow(clock):
    bench = Bench("nir1700", clock=clock)
    bench.connect(True)
    bench.retrigger()
    bench.drive_outputs(INDICATOR | ENABLE, 5000)
    bench.drive_outputs(0, 0)
    at_once = bench.read_inputs()[3]
    clock.now += BOARD.light.follow_ms / 1000
    assert not bench.light_on
    assert at_once > 20_000
    assert bench.read_inputs()[3] < BOARD.light.photodiode_on
