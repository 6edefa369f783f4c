"""What the program takes of memory while the light is on, on MicroPython, with hal_rp2 on modules of the tests' own."""

import subprocess
from pathlib import Path

import pytest
from running_device import FIRMWARE, MICROPYTHON

HERE = Path(__file__).parent
ANSWER_BYTES = 2048
"""Most that reading and answering one STATUS may take; measured: 1,376 on a 64-bit MicroPython."""


@pytest.fixture(scope="module", params=["raman785", "nir1700"])
def measured(request):
    if MICROPYTHON is None:
        pytest.skip("no micropython command for this platform")
    run = subprocess.run(
        [MICROPYTHON, "-X", "heapsize=400k", str(HERE / "no_allocation.py"), str(HERE / "modules"), request.param],
        env={"MICROPYPATH": f".frozen:{FIRMWARE}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return {line.split()[0]: line.split()[1:] for line in run.stdout.splitlines()}


def test_passes_with_the_light_on_take_no_memory(measured):
    taken, passes = map(int, measured["quiet"])
    assert passes > 64, "the light was not on for long enough"
    assert taken == 0


def test_answering_the_host_takes_little(measured):
    most, beats = map(int, measured["asked"])
    assert beats
    assert most <= ANSWER_BYTES


def test_exposure_ended_well_and_the_light_is_off(measured):
    assert measured["ended"] == ["0", "enable", "0"]
