"""The real device program before the bench: what it delivers is what the bench's detector delivered."""

import time
from pathlib import Path

import numpy as np
import pytest
from wire_client import WireClient

from quayscan_hardware.interpreter import find_micropython
from quayscan_hardware.sim import VirtualBoard
from quayscan_wire import kinds, messages

pytest.importorskip("termios", reason="needs pseudo-terminals")
FIRMWARE = Path(__file__).parents[2] / "firmware"

pytestmark = pytest.mark.skipif(
    not (FIRMWARE / "quayscan_fw" / "bench_main.py").is_file(), reason="the device program is not here"
)
INTERPRETERS = ["cpython", *(["micropython"] if find_micropython() else [])]


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_sums_of_a_scan_are_exactly_those_of_the_bench(interpreter):
    with (
        VirtualBoard(firmware_path=FIRMWARE, interpreter=interpreter, sample="acetone") as board,
        WireClient(board.port) as client,
    ):
        assert client.hello["implementation"] == interpreter
        fields, light, dark = client.scan(exposure_us=20_000, averages=3)
        truth_light, truth_dark = board.bench.last_sums(3)
        np.testing.assert_array_equal(np.frombuffer(light, "<u4"), truth_light)
        np.testing.assert_array_equal(np.frombuffer(dark, "<u4"), truth_dark)
        assert [frame.lit for frame in board.bench.frames] == [0.0] * 3 + [1.0] * 3
        assert fields["averages"] == 3
        assert not board.bench.light_on


def test_same_seed_gives_the_same_scan_whatever_the_speed():
    def run(speed):
        with (
            VirtualBoard(firmware_path=FIRMWARE, sample="caffeine", seed=5, speed=speed) as board,
            WireClient(board.port) as client,
        ):
            return client.scan(exposure_us=20_000, averages=2)[1:]

    assert run(1.0) == run(20.0)


def test_a_program_killed_while_emitting_leaves_the_light_off_and_the_next_scan_works():
    with VirtualBoard(firmware_path=FIRMWARE, sample="acetone") as board:
        with WireClient(board.port) as client:
            client.ask(kinds.SCAN, messages.pack_scan(50_000, 20))
            deadline = time.monotonic() + 10
            while not board.bench.light_on and time.monotonic() < deadline:
                client.status()
            assert board.bench.light_on
            board.kill()
        while board.bench.light_on and time.monotonic() < deadline:
            time.sleep(0.001)
        assert not board.bench.light_on
        board.restart()
        with WireClient(board.port) as client:
            client.scan(exposure_us=20_000, averages=1)
        assert board.bench.frames[-1].lit == 1.0
