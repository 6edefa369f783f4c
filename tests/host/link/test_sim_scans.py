"""Scans through the real device program: exact through a bad cable, safe when it dies, the same when replayed."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from quayscan.calibrate import calibrate
from quayscan.device import DeviceClient, Progress, ScanSettings
from quayscan.errors import DeviceRefused, LinkLost, SafetyFault
from quayscan.link import CaptureLink, open_link
from quayscan.link.sim_link import SimLink
from quayscan.pipeline import recover
from quayscan.record import RecordStore
from quayscan_hardware.impairment import CableOptions, Impairment

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")

FAST = {"sample": "acetone", "seed": 1, "speed": 100.0}
SHORT = ScanSettings(exposure_us=10_000, averages=2)


def test_what_arrives_is_what_the_bench_delivered() -> None:
    link = SimLink("sim:raman785", **FAST)
    with DeviceClient(link) as device:
        exposure = device.measure(SHORT)
        light, dark = link.board.bench.last_sums(SHORT.averages)
        np.testing.assert_array_equal(exposure.light_sum, light)
        np.testing.assert_array_equal(exposure.dark_sum, dark)
        assert (exposure.averages, exposure.exposure_us, exposure.mode) == (2, 10_000, "HOSTED")
        assert not exposure.authenticated
        assert not link.board.bench.light_on


def test_progress_goes_through_every_stage_in_order() -> None:
    seen: list[Progress] = []
    with DeviceClient(SimLink("sim:raman785", sample="acetone", seed=1)) as device:
        device.measure(ScanSettings(exposure_us=50_000, averages=6), seen.append)
    stages = list(dict.fromkeys(one.stage for one in seen if one.stage != "idle"))
    assert [one for one in stages if one != "settle"] == ["dark", "warning", "light", "transfer"]
    assert "settle" not in stages or stages.index("settle") == 2  # over in 20 ms: between two questions, it may be
    assert all(one.done <= one.total for one in seen)
    assert (seen[-1].done, seen[-1].total) == (58, 58)


def test_the_device_keeps_an_exposure_until_it_is_released() -> None:
    with DeviceClient(SimLink("sim:raman785", **FAST)) as device:
        exposure = device.measure(SHORT)
        assert device.pending() == exposure.exposure_id
        assert device.fetch(exposure.exposure_id).blob == exposure.blob
        device.release(exposure.exposure_id)
        assert device.pending() == 0


def test_200_spectra_arrive_exact_through_a_cable_that_flips_bits() -> None:
    flips = Impairment(flip=1e-4)
    link = SimLink("sim:raman785", **FAST, cable=CableOptions(to_host=flips, to_device=flips, seed=5))
    with DeviceClient(link) as device:
        for _ in range(200):
            exposure = device.measure(ScanSettings(exposure_us=10_000, averages=1))
            light, dark = link.board.bench.last_sums(1)
            np.testing.assert_array_equal(exposure.light_sum, light)
            np.testing.assert_array_equal(exposure.dark_sum, dark)
            device.release(exposure.exposure_id)
        counts = device.counts
        assert link.board.cable.to_host.counts.flipped > 400
    assert counts.damaged > 100
    assert counts.chunks_again > 100


def test_a_long_exposure_outlives_heartbeats_lost_in_a_bad_cable() -> None:
    flips = Impairment(flip=5e-4)
    cable = CableOptions(to_host=flips, to_device=flips, seed=8)
    with DeviceClient(SimLink("sim:raman785", sample="acetone", seed=1, cable=cable)) as device:
        for _ in range(3):
            exposure = device.measure(ScanSettings(exposure_us=100_000, averages=20))
            assert exposure.light_on_ms >= 2000
            device.release(exposure.exposure_id)
        assert device.counts.retries + device.counts.damaged > 10


def test_a_device_that_holds_an_exposure_says_so_before_the_next(tmp_path: Path) -> None:
    with DeviceClient(SimLink("sim:raman785", **FAST)) as device, RecordStore(tmp_path / "r.sqlite") as store:
        device.measure(SHORT)
        with pytest.raises(DeviceRefused, match=r"holds 1 finished exposure.*recover"):
            device.measure(SHORT)
        (recovered,) = recover(device, store=store)
        assert store.get(recovered.record).content()["verdict"]["sample"] == "recovered"
        assert device.measure(SHORT).averages == 2


def test_a_device_killed_while_emitting_is_dark_and_the_next_scan_works() -> None:
    link = SimLink("sim:raman785", sample="acetone", seed=1)
    bench = link.board.bench
    was_lit = []

    def kill_when_lit(progress: Progress) -> None:
        if progress.stage == "light" and not was_lit:
            was_lit.append(bench.light_on)
            os.kill(link.board.process.pid, 9)

    with DeviceClient(link) as device, pytest.raises(LinkLost, match="scan again"):
        device.measure(ScanSettings(exposure_us=200_000, averages=20), kill_when_lit)
    assert was_lit == [True]
    assert not bench.light_on
    with DeviceClient(SimLink("sim:raman785", **FAST)) as device:
        assert device.measure(SHORT).light_sum.size == 3648


def test_an_opened_interlock_ends_the_scan_and_is_latched_until_somebody_clears_it() -> None:
    link = SimLink("sim:raman785", sample="acetone", seed=1)
    bench = link.board.bench

    def open_when_lit(progress: Progress) -> None:
        if progress.stage == "light":
            bench.interlock_closed = False

    with DeviceClient(link) as device:
        with pytest.raises(SafetyFault, match="INTERLOCK_OPEN"):
            device.measure(ScanSettings(exposure_us=100_000, averages=20), open_when_lit)
        assert not bench.light_on
        with pytest.raises(SafetyFault, match=r"INTERLOCK_OPEN: the remote interlock is open.*quayscan device clear"):
            device.clear()
        bench.interlock_closed = True
        with pytest.raises(SafetyFault, match="INTERLOCK_OPEN"):
            device.measure(SHORT)
        assert device.measure(SHORT, clear=True).averages == 2


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ZeroDivisionError])
def test_a_program_that_fails_while_the_light_is_on_leaves_no_fault_behind(failure: type[BaseException]) -> None:
    link = SimLink("sim:raman785", sample="acetone", seed=1)

    def fail_when_lit(progress: Progress) -> None:
        if progress.stage == "light":
            raise failure

    with DeviceClient(link) as device:
        with pytest.raises(failure):
            device.measure(ScanSettings(exposure_us=100_000, averages=20), fail_when_lit)
        assert not link.board.bench.light_on
        assert device.measure(SHORT).averages == 2


def test_a_captured_session_replays_to_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "session.jsonl"
    with DeviceClient(CaptureLink(SimLink("sim:raman785", **FAST), path)) as device:
        exposure = device.measure(SHORT)
        device.release(exposure.exposure_id)
    with DeviceClient(open_link(f"replay:{path}")) as device:
        again = device.measure(SHORT)
        device.release(again.exposure_id)
        assert again.blob == exposure.blob
        assert device.info.implementation in ("micropython", "cpython")
        with pytest.raises(LinkLost, match="capture ends"):
            device.abort()


def test_the_calibrated_spectrum_has_acetones_band_and_the_variance_that_repeats_show() -> None:
    settings = ScanSettings(exposure_us=100_000, averages=4)
    spectra = []
    with DeviceClient(SimLink("sim:raman785", **FAST)) as device:
        for _ in range(2):
            exposure = device.measure(settings)
            device.release(exposure.exposure_id)
            spectra.append(calibrate(exposure))
    first, second = spectra
    window = (first.axis > 700) & (first.axis < 900)
    assert abs(first.axis[window][np.argmax(first.intensity[window])] - 787) < 5
    # The laser drifts between repeats, so the noise is read where there is little light: robustly, away from bands.
    quiet = (first.axis > 1800) & (first.axis < 2100)
    difference = (first.intensity - second.intensity)[quiet]
    seen = (1.4826 * np.median(np.abs(difference - np.median(difference)))) ** 2 / 2
    assert seen == pytest.approx(np.median(first.variance[quiet]), rel=0.25)  # 500 pixels: sd of the estimate 7 %
