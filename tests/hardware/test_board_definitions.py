"""Board definitions: complete, consistent, and the one source of what the bench tells the device program."""

import json

import numpy as np
import pytest

from quayscan_hardware import board_names, load_board

CONFIG_KEYS = {
    "board", "uid", "technique", "pixels", "adc_max", "default_power", "max_power", "warning_ms", "heartbeat_ms",
    "max_on_ms", "standalone_max_on_ms", "one_shot_ms", "detector_temp", "light_temp", "photodiode_on",
    "min_exposure_us", "max_exposure_us", "max_averages", "ring", "exposure_us", "averages", "flash_bytes", "warmup_ms",
    "white_ms",
}  # fmt: skip


def test_unknown_board_lists_those_that_exist():
    with pytest.raises(ValueError, match=r"'raman786'.*nir1700, raman785"):
        load_board("raman786")


@pytest.mark.parametrize("name", board_names())
def test_config_has_exactly_the_keys_of_the_bench_page(name):
    config = load_board(name).config("0" * 16)
    assert set(config) == CONFIG_KEYS
    assert json.loads(json.dumps(config)) == config


@pytest.mark.parametrize("name", board_names())
def test_limits_of_a_board_do_not_contradict_each_other(name):
    board = load_board(name)
    safety, scan, light = board.safety, board.scan, board.light
    assert safety.one_shot_ms < safety.heartbeat_ms
    assert safety.standalone_max_on_ms < safety.max_on_ms
    assert light.default_mw <= light.max_mw
    assert light.cutout_c > light.temp_range_c[1]
    assert scan.averages * scan.exposure_us < 1000 * safety.max_on_ms
    assert scan.max_averages * board.detector.adc_max < 2**32  # the device sums in u32
    assert light.photodiode_counts_per_mw * light.max_mw < 0xFFFF
    assert light.photodiode_on < light.photodiode_counts_per_mw * light.default_mw
    assert light.settle_ms <= light.warmup_ms


@pytest.mark.parametrize("name", board_names())
def test_wavelength_ascends_and_response_covers_it(name):
    board = load_board(name)
    wavelength = board.wavelength_nm()
    assert wavelength.shape == (board.detector.pixels,)
    assert np.all(np.diff(wavelength) > 0)
    assert board.optics.response_nm[0] <= wavelength[0]
    assert board.optics.response_nm[-1] >= wavelength[-1]
    assert np.all(board.response(wavelength) > 0)


@pytest.mark.parametrize("name", board_names())
def test_no_pin_is_used_twice(name):
    pins = list(load_board(name).pins.values())
    assert len(set(pins)) == len(pins)
    assert all(0 <= pin <= 28 for pin in pins)


def test_raman785_covers_200_to_2400_wavenumbers():
    shift = load_board("raman785").shift_cm1()
    assert shift[0] < 200.0
    assert shift[-1] > 2400.0


def test_a_lamp_board_has_no_raman_shift():
    with pytest.raises(ValueError, match="nir1700 has a lamp"):
        load_board("nir1700").shift_cm1()
