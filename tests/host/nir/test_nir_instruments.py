"""Twenty instruments of the bench, without the device program: every powder, and days that are worse than others."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from quayscan.calibrate import calibrate
from quayscan.exposure import Exposure
from quayscan.pipeline import identify
from quayscan.verdict import Verdict, VerdictKind
from quayscan_hardware import load_board
from quayscan_hardware.bench import Conditions
from quayscan_hardware.bench.camera import Camera
from quayscan_hardware.samples.near_infrared import NIR_SOURCES, nir_sample_names

BOARD = load_board("nir1700")
POWDERS = sorted(set(nir_sample_names()) - set(NIR_SOURCES))
LAMP_MW = 500.0


def measured(sample: str, seed: int, *, conditions: Conditions, averages: int, temp_c: float) -> Exposure:
    rngs = [np.random.default_rng(one) for one in np.random.SeedSequence(seed).spawn(3)]
    camera = Camera(BOARD, sample, conditions, device_rng=rngs[0], frame_rng=rngs[1], drift_rng=rngs[2])
    seconds = BOARD.scan.exposure_us * 1e-6

    def total(lamp: float, tile: float) -> np.ndarray:
        frames = [camera.take(seconds, lamp * seconds, temp_c, tile).astype(np.uint32) for _ in range(averages)]
        return np.sum(frames, axis=0, dtype=np.uint32)

    dark, white, light = total(0.0, 0.0), total(LAMP_MW, 1.0), total(LAMP_MW, 0.0)
    return Exposure(
        light_sum=light,
        dark_sum=dark,
        white_sum=white,
        averages=averages,
        exposure_us=BOARD.scan.exposure_us,
        board=BOARD.name,
        uid="00" * 8,
        firmware="",
        implementation="",
        laser_mw=LAMP_MW,
        detector_temp_c=temp_c,
        light_temp_c=30.0,
        photodiode=25_000,
        adc_max=BOARD.detector.adc_max,
        saturated=0,
        uptime_ms=1,
        exposure_id=1,
        mode="HOSTED",
        authenticated=False,
        light_on_ms=1,
    )


@cache
def verdict(sample: str, seed: int, ambient: str = "none", averages: int = 16, temp_c: float = 20.0) -> Verdict:
    conditions = Conditions(ambient=ambient)
    return identify(calibrate(measured(sample, seed, conditions=conditions, averages=averages, temp_c=temp_c)))


@pytest.mark.parametrize("sample", POWDERS)
def test_twenty_instruments_name_every_powder(sample: str) -> None:
    named = [[one.substance for one in verdict(sample, seed).candidates if one.named] for seed in range(20)]
    assert named == [[sample]] * 20


@pytest.mark.parametrize(
    ("ambient", "averages", "temp_c"), [("daylight", 16, 20.0), ("none", 1, 20.0), ("none", 16, 40.0)]
)
def test_on_a_bad_day_a_powder_is_named_rightly_or_not_at_all(ambient: str, averages: int, temp_c: float) -> None:
    for sample in POWDERS:
        for seed in range(3):
            found = verdict(sample, seed, ambient, averages, temp_c)
            assert [one.substance for one in found.candidates if one.named] in ([sample], []), (sample, seed)


@pytest.mark.parametrize("source", sorted(NIR_SOURCES))
def test_what_is_no_powder_is_never_one(source: str) -> None:
    for seed in range(20):
        assert verdict(source, seed).verdict is VerdictKind.INADEQUATE
