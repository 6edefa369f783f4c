"""The USB link's own code on MicroPython, over a pty in raw mode."""

import os
import select
import subprocess
import sys
import time
import tty
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs ptys", allow_module_level=True)

from running_device import FIRMWARE, MICROPYTHON


@pytest.mark.skipif(MICROPYTHON is None, reason="no micropython command for this platform")
def test_every_byte_passes_both_ways_and_ctrl_c_is_one_of_them():
    master, slave = os.openpty()
    tty.setraw(slave)
    echo = str(Path(__file__).with_name("usb_echo.py"))
    process = subprocess.Popen(
        [MICROPYTHON, echo], env={"MICROPYPATH": f".frozen:{FIRMWARE}"}, stdin=slave, stdout=slave
    )
    data = bytes(byte for byte in range(256) if byte != ord("q")) * 4
    try:
        os.write(master, data)
        assert read(master, len(data)) == data
        os.write(master, b"q")
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
        os.close(master)
        os.close(slave)


def read(descriptor, n):
    got, deadline = b"", time.monotonic() + 10
    while len(got) < n and time.monotonic() < deadline:
        if select.select([descriptor], [], [], 0.1)[0]:
            got += os.read(descriptor, 4096)
    return got
