"""Broken parts for the board that the bench plays: a clock, a detector or flash that fails as real ones do.

The bench names them in its configuration (`part_faults`, BENCH.md); the program knows nothing of them.

clock_start, clock_rate   milliseconds that the clock shows at power-up, and how fast it runs; it wraps at 2^30 as the
                          RP2040's does
heap_left, at_frame       memory that is left from the frame `at_frame` on: something has eaten the rest
hang, at_frame            the frame at which a call never comes back
flash_cut                 bytes of flash that are written or erased before the power goes
"""

import gc
import sys
import time

_PERIOD = 1 << 30
_HALF = 1 << 29
_SECTOR = 4096
_PAGE = 256


def broken(board, faults):
    """The board with those parts replaced."""
    if "clock_start" in faults or "clock_rate" in faults:
        board.clock = OddClock(board.clock, int(faults.get("clock_start", 0)), faults.get("clock_rate", 1.0))
    if "heap_left" in faults or "hang" in faults:
        board.detector = OddDetector(board.detector, faults)
    if "flash_cut" in faults and board.flash:
        board.flash = CutFlash(board.flash, int(faults["flash_cut"]))
    return board


class OddClock:
    """Starts anywhere, runs fast or slow, and wraps at 2^30 ms."""

    def __init__(self, clock, start, rate):
        self._clock = clock
        self._zero = clock.ms()
        self._start = start
        self._rate = rate

    def _elapsed(self):
        return int(self._clock.diff(self._clock.ms(), self._zero) * self._rate)

    def ms(self):
        return (self._start + self._elapsed()) % _PERIOD

    def diff(self, later, earlier):
        return (later - earlier + _HALF) % _PERIOD - _HALF

    def uptime_ms(self):
        return self._elapsed() & 0xFFFFFFFF


class OddDetector:
    """Eats the heap, or hangs, when frame `at_frame` begins."""

    def __init__(self, detector, faults):
        self._detector = detector
        self._at_frame = int(faults.get("at_frame", 0))
        self._hang = bool(faults.get("hang", 0))
        self._heap_left = int(faults.get("heap_left", 0))
        self._eaten = []
        self._frames = 0
        self.ready = detector.ready
        self.read_into = detector.read_into

    def start(self, exposure_us):
        self._frames += 1
        self._detector.start(exposure_us)
        if self._frames == self._at_frame:
            while self._hang:
                time.sleep(1)
            if self._heap_left and sys.implementation.name == "micropython":
                self._eat()

    def _eat(self):
        gc.collect()
        for size in (4096, 256, 32):
            try:
                while gc.mem_free() > self._heap_left + size:  # pyright: ignore[reportAttributeAccessIssue]
                    self._eaten.append(bytearray(size))
            except MemoryError:  # only smaller pieces are left
                pass


class CutFlash:
    """Flash whose power goes in the middle of a change: what was not reached stays as it was."""

    def __init__(self, flash, budget):
        self.size = flash.size
        self.read_into = flash.read_into
        self._flash = flash
        self._left = budget

    def erase(self, at):
        if self._left >= _SECTOR:
            self._left -= _SECTOR
            self._flash.erase(at)
        else:
            self._cut()  # a sector whose erase was cut reads as anything: here, as before

    def write(self, at, data):
        for start in range(0, len(data), _PAGE):
            n = min(self._left, _PAGE)
            page = bytes(data[start : start + n]) + b"\xff" * (_PAGE - n)
            self._flash.write(at + start, page)
            self._left -= n
            if n < _PAGE:
                self._cut()

    def _cut(self):
        sys.exit(9)
