"""The board that the virtual bench plays, by BENCH.md: every call stands for pins and converters."""

import binascii
import json
import os
import struct
import time

from .bench_wire import BenchWire
from .board import Config, NoPanel, NoTile, NoWatchdog, Reading
from .link_stdio import open_link

try:
    import framebuf
except ImportError:  # CPython
    from . import frame_buffer as framebuf

_COLUMNS = 128
_PAGES = 8
_SECTOR = 4096
_PAGE = 256


class _Inputs:
    def __init__(self, wire):
        self._wire = wire
        self._raw = memoryview(bytearray(7))
        self._reading = Reading()

    def read(self):
        """A fresh sample; the object is the same each time, so that nothing is allocated for it."""
        self._wire.write(b"I")
        self._wire.read_into(self._raw)
        reading = self._reading
        (reading.flags, reading.detector_temp, reading.light_temp, reading.photodiode) = struct.unpack(
            "<BhhH", self._raw
        )
        return reading


class _Outputs:
    def __init__(self, wire):
        self._wire = wire
        self._done = memoryview(bytearray(1))

    def drive(self, indicator, enable, power):
        self._wire.write(b"O" + struct.pack("<BH", int(indicator) | int(enable) << 1, power))
        self._wire.read_into(self._done)

    def retrigger(self):
        self._wire.write(b"K")


class _Tile:
    def __init__(self, wire):
        self._wire = wire
        self._done = memoryview(bytearray(1))

    def place(self, before):
        self._wire.write(b"W\x01" if before else b"W\x00")
        self._wire.read_into(self._done)


class _Display:
    works = True

    def __init__(self, wire):
        self._wire = wire
        self._memory = bytearray(_PAGES * _COLUMNS)
        self.frame = framebuf.FrameBuffer(self._memory, _COLUMNS, 8 * _PAGES, framebuf.MONO_VLSB)
        self._view = memoryview(self._memory)

    def show_page(self, page):
        self._wire.write(b"D" + bytes((page,)))
        self._wire.write(self._view[_COLUMNS * page : _COLUMNS * (page + 1)])


class _Detector:
    def __init__(self, wire):
        self._wire = wire
        self._flag = memoryview(bytearray(1))

    def start(self, exposure_us):
        self._wire.write(b"E" + struct.pack("<I", exposure_us))

    def ready(self):
        self._wire.write(b"R")
        self._wire.read_into(self._flag)
        return self._flag[0] == 1

    def read_into(self, buffer):
        self._wire.write(b"F")
        self._wire.read_into(buffer)


class _MicroPythonClock:
    def __init__(self):
        self.ms = time.ticks_ms
        self.diff = time.ticks_diff
        self._start = self.ms()

    def uptime_ms(self):
        return self.diff(self.ms(), self._start) & 0xFFFFFFFF


class _CPythonClock:
    def __init__(self):
        self._start = self.ms()

    def ms(self):
        return time.monotonic_ns() // 1000000  # pyright: ignore[reportAttributeAccessIssue] (CPython only)

    def diff(self, later, earlier):
        return later - earlier

    def uptime_ms(self):
        return self.diff(self.ms(), self._start) & 0xFFFFFFFF


class FileFlash:
    """Flash as a file: bits are cleared by writing and set by erasing, as flash does it. Made blank when missing."""

    def __init__(self, path, size):
        self.size = size
        self._blank = b"\xff" * _PAGE
        self._page = memoryview(bytearray(_PAGE))
        with open(path, "ab") as file:
            for _ in range(file.seek(0, 2), size, _PAGE):
                file.write(self._blank)
        self._file = open(path, "r+b")  # noqa: SIM115 (open as long as the program runs)

    def read_into(self, at, view):
        self._file.seek(at)
        self._file.readinto(view)

    def erase(self, at):
        self._file.seek(at - at % _SECTOR)
        for _ in range(_SECTOR // _PAGE):
            self._file.write(self._blank)
        self._file.flush()

    def write(self, at, data):
        for start in range(0, len(data), _PAGE):
            self.read_into(at + start, self._page)
            for i in range(_PAGE):
                self._page[i] &= data[start + i]
            self._file.seek(at + start)
            self._file.write(self._page)
        self._file.flush()


class BenchBoard:
    """A board by the contract of board.py, wired to the bench at `host`:`port`. Raises BoardGone if it is not there.

    Its flash is the file `flash_path`; "" for a board without.
    """

    def __init__(self, host, port, token, flash_path=""):
        wire = BenchWire(host, port)
        self.config = _read_config(wire, token)
        self.inputs = _Inputs(wire)
        self.outputs = _Outputs(wire)
        self.detector = _Detector(wire)
        self.tile = _Tile(wire) if self.config.white_ms else NoTile()
        self.display = _Display(wire) if self.config.display else None
        self.clock = _MicroPythonClock() if hasattr(time, "ticks_ms") else _CPythonClock()
        self.link = open_link()
        self.flash = FileFlash(flash_path, self.config.flash_bytes) if flash_path else None
        self.watchdog = NoWatchdog()
        self.panel = NoPanel()
        self.random = os.urandom


def _read_config(wire, token):
    wire.write(b"H" + token)
    size = memoryview(bytearray(2))
    wire.read_into(size)
    text = bytearray(struct.unpack("<H", size)[0])
    wire.read_into(memoryview(text))
    facts = json.loads(bytes(text).decode())
    facts["uid"] = binascii.unhexlify(facts["uid"])
    return Config(facts)
