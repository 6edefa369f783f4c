"""Board definitions: complete, consistent, and the one source of what the bench tells the device program."""

import json

import numpy as np
import pytest

from quayscan_hardware import board_names, load_board

CONFIG_KEYS = {
    "board", "uid", "technique", "pixels", "adc_max", "default_power", "max_power", "min_power", "heartbeat_ms",
    "warning_ms", "max_on_ms", "standalone_max_on_ms", "one_shot_ms", "detector_temp", "light_temp", "photodiode_on",
    "photodiode_mw", "photodiode_percent", "follow_ms",
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
    assert light.least_mw < light.default_mw / 4
    assert config_power(board, "min_power") >= light.least_mw - 1e-9
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


def config_power(board, name):
    return board.config("0" * 16)[name] / 10


@pytest.mark.parametrize("name", board_names())
def test_parts_that_share_a_pwm_share_its_frequency(name):
    """RP2040 datasheet 4.5.2: GPIO n is on slice (n / 2) mod 8, and a slice has one frequency for both of its pins."""
    pins = load_board(name).pins
    slices = [pins[part] // 2 % 8 for part in ("light_power", "buzzer", "white_tile") if part in pins]
    assert len(set(slices)) == len(slices)


@pytest.mark.parametrize("name", board_names())
def test_the_buses_have_pins_that_carry_them(name):
    """RP2040 datasheet, table 2: SDA of I2C n is on GPIO 4 k + 2 n, SCL on the next one."""
    pins = load_board(name).pins
    assert (pins["display_data"] % 4, pins["display_clock"]) == (0, pins["display_data"] + 1)
    assert (pins["sensor_data"] % 4, pins["sensor_clock"]) == (2, pins["sensor_data"] + 1)


def test_raman785_covers_200_to_2400_wavenumbers():
    shift = load_board("raman785").shift_cm1()
    assert shift[0] < 200.0
    assert shift[-1] > 2400.0


def test_a_lamp_board_has_no_raman_shift():
    with pytest.raises(ValueError, match="nir1700 has a lamp"):
        load_board("nir1700").shift_cm1()
