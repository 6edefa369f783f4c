"""Finding an exposure before every bench sample at five levels of fluorescence: the search and the bench's own camera.

The slow campaign does the same through the whole device program on MicroPython.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from quayscan_fw.auto_exposure import AutoExposure
from quayscan_fw.board import Config
from quayscan_fw.survey import REACH
from quayscan_hardware import load_board
from quayscan_hardware.bench import Conditions
from quayscan_hardware.bench.camera import Camera
from quayscan_hardware.interpreter import find_micropython
from quayscan_hardware.samples import SOURCES, resolve_sample, sample_names
from quayscan_hardware.sim import VirtualBoard
from quayscan_wire import faults, kinds, measure, messages

FIRMWARE = Path(__file__).parents[3] / "firmware"
BOARD = load_board("raman785")
CONFIG = Config(BOARD.config("00" * 8))
SAMPLES = [name for name in sample_names() if name not in SOURCES]
FLUORESCENCE = (0.0, 0.3, 1.0, 5.0, 25.0)
TARGET, BUDGET_MS, POWER = 720, 4000, 1000
CELSIUS = 20.0


def surveyed(counts):
    """(peak, mean), as the device's survey has them."""
    apart = 2 * REACH
    return int(np.minimum(counts[:-apart], counts[apart:]).max()), float(counts.mean())


class Trial:
    """One search before one sample; `frames` has each frame with light, the last ones those of the exposure."""

    def __init__(self, sample, seed, conditions=None):
        rngs = [np.random.default_rng(one) for one in np.random.SeedSequence(seed).spawn(3)]
        names = ("device_rng", "frame_rng", "drift_rng")
        self.camera = Camera(BOARD, sample, conditions or Conditions(), **dict(zip(names, rngs, strict=True)))
        limits = (BUDGET_MS, CONFIG.max_exposure_us, CONFIG.max_averages)
        self.found = AutoExposure(CONFIG, POWER, TARGET, *limits)
        self.found.learn_dark(*(float(self.frame(us, 0).mean()) for us in self.found.dark_us))
        self.probes = []
        while not (self.found.finished or self.found.burns or self.found.too_bright):
            self.probes.append(self.frame(self.found.exposure_us, self.found.power))
            self.found.learn(*surveyed(self.probes[-1]))

    def frame(self, exposure_us, power):
        seconds = exposure_us * 1e-6
        return self.camera.take(seconds, power / 10 * seconds, CELSIUS)

    def expose(self):
        """Dark and light frames of the exposure that was found, (N, P) each."""
        found = self.found
        rounds = [(0, found.averages), (found.power, found.averages)]
        return [np.array([self.frame(found.exposure_us, power) for _ in range(n)]) for power, n in rounds]


@pytest.mark.parametrize("name", SAMPLES)
def test_four_frames_find_the_exposure_at_every_level_of_fluorescence(name):
    for seed, level in enumerate(FLUORESCENCE):
        trial = Trial(replace(resolve_sample(name), fluorescence=level), 100 * SAMPLES.index(name) + seed)
        found = trial.found
        assert found.finished
        assert found.probes == len(trial.probes) <= measure.PROBES
        dark, light = trial.expose()
        cold = dark.max(axis=0) < found.full_from  # the others had no room for light
        for frame in [*trial.probes, *light]:
            assert frame[cold].max() < CONFIG.adc_max
        assert max(frame.sum() for frame in light) < found.ceiling
        peak = np.median(light, axis=0)[cold].max() / CONFIG.adc_max  # without cosmic rays
        assert found.reason != measure.REACHED or 0.6 <= peak <= 0.9
        assert found.reason == measure.REACHED, "each of these samples is bright enough for four seconds"


@pytest.mark.parametrize("source", ["none", "dark"])
def test_nothing_before_the_probe_ends_at_the_dark_current_and_says_so(source):
    trial = Trial(resolve_sample(source), 3)
    assert trial.found.reason == measure.DARK_CURRENT
    dark, _ = trial.expose()
    assert np.median(dark) < 0.4 * CONFIG.adc_max


@pytest.mark.parametrize("dose_mj", [0.02, 0.2, 0.6])
def test_a_sample_that_begins_to_burn_in_the_search_stops_it(dose_mj):
    assert Trial(resolve_sample("caffeine"), 5, Conditions(burns_at_mj=dose_mj)).found.burns


@pytest.mark.parametrize("dose_mj", [3.0, 10.0, 25.0])
def test_one_that_begins_to_burn_later_shows_it_in_the_first_frames_of_the_exposure(dose_mj):
    trial = Trial(resolve_sample("caffeine"), 5, Conditions(burns_at_mj=dose_mj))
    assert trial.found.finished
    _, light = trial.expose()
    assert max(frame.sum() for frame in light[:2]) > trial.found.ceiling


@pytest.mark.slow
@pytest.mark.skipif(find_micropython() is None, reason="no micropython for this platform")
@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_through_the_device_program_on_micropython(name):
    from wire_client import WireClient

    for seed, level in enumerate(FLUORESCENCE):
        sample = replace(resolve_sample(name), fluorescence=level)
        options = {"sample": sample, "seed": seed, "speed": 20.0, "interpreter": "micropython"}
        with VirtualBoard(firmware_path=FIRMWARE, **options) as board, WireClient(board.port) as client:
            fields = client.measure(target=TARGET, budget_ms=BUDGET_MS)
            assert fields["auto"] == measure.REACHED
            assert 1 <= fields["probes"] <= measure.PROBES
            assert fields["saturated"] == 0
            assert 0.6 <= fields["peak"] / fields["adc_max"] <= 0.9
            print(name, level, fields["probes"], fields["exposure_us"], fields["averages"], fields["peak"] / 65535)


def test_a_burning_sample_turns_the_light_off_and_says_why():
    from wire_client import WireClient

    options = {"sample": "caffeine", "seed": 1, "speed": 5.0, "conditions": Conditions(burns_at_mj=0.5)}
    with VirtualBoard(firmware_path=FIRMWARE, **options) as board, WireClient(board.port) as client:
        client.ask(kinds.MEASURE, messages.pack_measure(target=TARGET, budget_ms=BUDGET_MS))
        status = client.status()
        while status["job"]:
            status = client.status()
        assert status["last_end"] == faults.BURN_GUARD
        assert not board.bench.light_on
