"""The near-infrared board through the real device program: lamp, white tile and dark, and what comes of them."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest

from quayscan.calibrate import calibrate
from quayscan.device import DeviceClient, Progress, ScanSettings
from quayscan.link.sim_link import SimLink
from quayscan.pipeline import identify, open_device, scan
from quayscan.verdict import VerdictKind
from quayscan_hardware.samples.near_infrared import NIR_SOURCES, nir_sample_names

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")

SEEDS = range(20)


def verdict_of(sample: str, seed: int):
    with open_device("sim:nir1700", sample=sample, seed=seed) as device:
        return scan(device).verdict


def test_caffeine_is_caffeine() -> None:
    verdict = verdict_of("caffeine", 3)
    assert (verdict.verdict, verdict.candidates[0].substance) == (VerdictKind.MATCH, "caffeine")
    assert verdict.false_alarm.n == 11


def test_nothing_in_front_is_no_answer() -> None:
    verdict = verdict_of("none", 3)
    assert verdict.verdict is VerdictKind.INADEQUATE
    assert verdict.cause in {"no-signal", "weak"}


def test_all_three_sums_arrive_as_the_bench_delivered_them() -> None:
    link = SimLink("sim:nir1700", sample="lactose", seed=5)
    with DeviceClient(link) as device:
        seen: list[Progress] = []
        exposure = device.measure(ScanSettings(exposure_us=20_000, averages=4), seen.append)
        counts = [frame.counts.astype(np.uint32) for frame in link.board.bench.frames]
        dark, white, light = (sum(counts[4 * block : 4 * block + 4]) for block in range(3))
        assert [frame.lit for frame in link.board.bench.frames] == [0.0] * 4 + [1.0] * 8
        np.testing.assert_array_equal(exposure.dark_sum, dark)
        np.testing.assert_array_equal(exposure.white_sum, white)
        np.testing.assert_array_equal(exposure.light_sum, light)
        assert (seen[0].total, link.board.bench.white_tile.before, link.board.bench.light_on) == (12, False, False)


def test_a_scan_with_the_light_left_off_says_that_the_lamp_was() -> None:
    with DeviceClient(SimLink("sim:nir1700", sample="lactose", seed=5)) as device:
        exposure = device.measure(ScanSettings(exposure_us=20_000, averages=2, light_off=True))
    verdict = identify(calibrate(exposure))
    assert (verdict.verdict, verdict.cause) == (VerdictKind.INADEQUATE, "lamp-missing")


def test_without_its_white_sum_an_exposure_has_no_reference() -> None:
    with DeviceClient(SimLink("sim:nir1700", sample="lactose", seed=5)) as device:
        exposure = device.measure(ScanSettings(exposure_us=20_000, averages=2))
    verdict = identify(calibrate(replace(exposure, white_sum=None)))
    assert (verdict.verdict, verdict.cause) == (VerdictKind.INADEQUATE, "reference-missing")


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_caffeine_is_caffeine_on_every_instrument(seed: int) -> None:
    test_caffeine = verdict_of("caffeine", seed)
    assert (test_caffeine.verdict, test_caffeine.candidates[0].substance) == (VerdictKind.MATCH, "caffeine")


@pytest.mark.slow
@pytest.mark.parametrize("sample", sorted(set(nir_sample_names()) - set(NIR_SOURCES)))
def test_every_powder_is_named_rightly_or_not_at_all(sample: str) -> None:
    verdict = verdict_of(sample, 100)
    assert [one.substance for one in verdict.candidates if one.named] in ([sample], [])
    assert verdict.verdict is not VerdictKind.INADEQUATE
