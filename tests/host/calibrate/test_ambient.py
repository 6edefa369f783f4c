"""Ambient light is told from dark current by its spectrum."""

import numpy as np
import pytest

from quayscan.calibrate.ambient import ambient_share
from quayscan_hardware import load_board
from quayscan_hardware.bench import Bench, Conditions

DETECTOR = load_board("raman785").detector


def dark(ambient: str, exposure_us: int) -> np.ndarray:
    """Mean of four frames of the bench with the laser off, its clock turned by hand."""
    now = [0.0]
    bench = Bench("raman785", "none", 3, 1.0, Conditions(ambient=ambient), clock=lambda: now[0])
    total = np.zeros(DETECTOR.pixels)
    for _ in range(4):
        bench.start_integration(exposure_us)
        now[0] += exposure_us / 1e6 + 1
        total += bench.read_frame()
    return total / 4


@pytest.mark.parametrize("exposure_us", [1000, 100_000, 1_000_000])
def test_dark_current_is_not_taken_for_light(exposure_us: int) -> None:
    assert ambient_share(dark("none", exposure_us), DETECTOR.adc_offset, DETECTOR.adc_max) == 0.0


@pytest.mark.parametrize("kind", ["daylight", "fluorescent"])
def test_daylight_and_lamps_are_seen_and_grow_with_exposure(kind: str) -> None:
    short, long = (
        ambient_share(dark(kind, exposure_us), DETECTOR.adc_offset, DETECTOR.adc_max)
        for exposure_us in (100_000, 1_000_000)
    )
    assert 0.01 < short < 0.1
    assert long > 5 * short
