"""From the last byte of an exposure to its verdict, beside a bare matrix product of the screen's shape."""

from __future__ import annotations

import os

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from quayscan.calibrate import calibrate
from quayscan.device import DeviceClient, ScanSettings, decode_exposure
from quayscan.library import default_library
from quayscan.link.sim_link import SimLink
from quayscan.pipeline import Request, identify

from .conftest import Report, interleaved

POINTS = 701
SHIFTS = 9


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
def test_last_byte_to_verdict_beside_a_bare_product(benchmark: BenchmarkFixture, report: Report) -> None:
    with DeviceClient(SimLink("sim:raman785", sample="acetone", seed=1, speed=100.0)) as device:
        blob = device.measure(ScanSettings(exposure_us=100_000, averages=10)).blob
    library = default_library()
    request = Request()
    rng = np.random.default_rng(0)
    references = rng.random((POINTS, SHIFTS * len(library)), dtype=np.float32)
    query = rng.random((1, POINTS), dtype=np.float32)

    def verdict() -> None:
        identify(calibrate(decode_exposure(blob)), library, request=request)

    benchmark.pedantic(verdict, rounds=10, warmup_rounds=2)
    ours, theirs = interleaved(verdict, lambda: query @ references, 31)
    shape = f"bare product of 1 x {POINTS} by {POINTS} x {references.shape[1]}"
    report.ratio(f"last byte to verdict, {len(library)} references", ours, shape, theirs, "none yet")
