"""From the last byte of an exposure to its verdict, beside a bare matrix product of the screen's shape and beside what
peers do: for each entry, interpolate the reference to the query's axis and correlate."""

from __future__ import annotations

import os

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from quayscan.calibrate import calibrate
from quayscan.device import DeviceClient, ScanSettings, decode_exposure
from quayscan.library import Library, Reference, default_library
from quayscan.library.library import assemble
from quayscan.link.sim_link import SimLink
from quayscan.pipeline import Request, identify
from quayscan.preprocess.grid import GRID

from .conftest import Report, interleaved

POINTS = 701
SHIFTS = 9
ENTRIES = 500
SEED = 20261125


def large_library() -> Library:
    """The shipped references, and sums of two of them in random shares, 500 in all."""
    shipped = default_library()
    draw = np.random.default_rng(SEED)
    fill = ENTRIES - len(shipped)
    first, second = draw.integers(len(shipped), size=(2, fill))
    share = draw.uniform(0.2, 0.8, (fill, 1)).astype(np.float32)
    sums = share * shipped.spectra[first] + (1 - share) * shipped.spectra[second]
    added = [Reference(substance=f"sum-{at}", name=f"Sum {at}", grade="measured") for at in range(fill)]
    return assemble(
        "500 entries",
        [*shipped.references, *added],
        np.concatenate([shipped.spectra, sums]),
        np.concatenate([shipped.coverage, shipped.coverage[first]]),
    )


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
def test_last_byte_to_verdict_beside_a_bare_product(benchmark: BenchmarkFixture, report: Report) -> None:
    with DeviceClient(SimLink("sim:raman785", sample="acetone", seed=1, speed=100.0)) as device:
        blob = device.measure(ScanSettings(exposure_us=100_000, averages=10)).blob
    library = large_library()
    request = Request()
    rng = np.random.default_rng(0)
    references = rng.random((POINTS, SHIFTS * len(library)), dtype=np.float32)
    query = rng.random((1, POINTS), dtype=np.float32)
    spectrum = calibrate(decode_exposure(blob))
    rows = np.asarray(library.spectra, dtype=np.float64)

    def verdict() -> None:
        identify(calibrate(decode_exposure(blob)), library, request=request)

    def peer() -> float:
        moved = (np.interp(spectrum.axis, GRID, row) for row in rows)
        return max(float(np.corrcoef(spectrum.intensity, row)[0, 1]) for row in moved)

    benchmark.pedantic(verdict, rounds=10, warmup_rounds=2)
    ours, theirs = interleaved(verdict, lambda: query @ references, 31)
    shape = f"bare product of 1 x {POINTS} by {POINTS} x {references.shape[1]}"
    report.ratio(f"last byte to verdict, {len(library)} references", ours, shape, theirs, "none")
    ours, theirs = interleaved(verdict, peer, 11)
    loop = "for each reference: interpolate to the query's axis, Pearson"
    report.ratio(f"last byte to verdict, {len(library)} references", ours, loop, theirs, "1")
