"""A board of plain objects with a clock that the machine turns; runs on MicroPython and CPython."""

import struct

from quayscan_fw.board import Config, NoPanel, NoTile, NoWatchdog, Reading

KEY, INTERLOCK, TRIGGER, INDICATOR = 1, 2, 4, 8
PIXELS = 40

FACTS = {
    "board": "raman785",
    "uid": b"MACHINE1",
    "technique": "raman",
    "pixels": PIXELS,
    "adc_max": 65535,
    "default_power": 1000,
    "max_power": 3000,
    "warning_ms": 60,
    "heartbeat_ms": 200,
    "max_on_ms": 900,
    "standalone_max_on_ms": 400,
    "one_shot_ms": 100,
    "detector_temp": (-2000, 4000),
    "light_temp": (1000, 4000),
    "photodiode_on": 200,
    "photodiode_mw": 15,
    "photodiode_percent": 50,
    "max_exposure_us": 400_000,
    "max_averages": 1000,
    "ring": 1,
    "exposure_us": 20_000,
    "averages": 3,
    "flash_bytes": 4096 * 5,
}


class Broken(Exception):
    """An invariant does not hold."""


class PowerCut(Exception):
    """Nothing of the program runs after this."""


class Clock:
    def __init__(self):
        self.now = 1000

    def ms(self):
        return self.now

    def diff(self, later, earlier):
        return later - earlier

    def uptime_ms(self):
        return self.now & 0xFFFFFFFF


class Hardware:
    """Inputs as attributes, outputs as they were driven, and the chain in series with the light."""

    def __init__(self, clock):
        self.clock = clock
        self.flags = KEY | INTERLOCK
        self.detector_temp = -1000
        self.light_temp = 2500
        self.stray = 0
        self.indicator_works = self.photodiode_works = self.detector_works = True
        self.percent = 100
        self.frames = []
        self.open_at = -1
        self.power_up()

    def power_up(self):
        self.indicator = self.enable = False
        self.power = 0
        self.shot = -(1 << 30)
        self.ready_at = 0
        self.lit = False

    @property
    def light(self):
        fresh = self.clock.now - self.shot <= FACTS["one_shot_ms"]
        return self.enable and fresh and self.flags & 3 == 3

    def read(self):
        reading = Reading()
        reading.flags = self.flags | (INDICATOR if self.indicator and self.indicator_works else 0)
        reading.detector_temp = self.detector_temp
        reading.light_temp = self.light_temp
        shines = self.light and self.photodiode_works
        reading.photodiode = self.power * 15 // 10 * self.percent // 100 if shines else self.stray
        return reading

    def drive(self, indicator, enable, power):
        self.indicator, self.enable, self.power = indicator, enable, power

    def retrigger(self):
        self.shot = self.clock.now

    def start(self, exposure_us):
        self.ready_at = self.clock.now + exposure_us // 1000
        self.lit = self.light

    def ready(self):
        return self.detector_works and self.clock.now >= self.ready_at

    def read_into(self, buffer):
        number = len(self.frames)
        if number == self.open_at:
            self.flags &= ~INTERLOCK
        self.frames.append(self.lit)
        buffer[:] = struct.pack("<%dH" % PIXELS, *frame_values(number, self.lit))


def frame_values(number, lit):
    """Counts of frame `number` since the machine began."""
    return [(1000 * lit + 7 * number + pixel) % 65536 for pixel in range(PIXELS)]


class Flash:
    """Flash that must not be touched while an exposure runs or the light may be on; fails after `cut_after` bytes."""

    def __init__(self, hardware):
        self.in_use = lambda: False
        self.size = FACTS["flash_bytes"]
        self.content = bytearray(b"\xff" * self.size)
        self.cut_after = -1
        self._hardware = hardware

    def read_into(self, at, view):
        self._check()
        view[:] = self.content[at : at + len(view)]

    def erase(self, at):
        self._change(at, b"\xff" * 4096)

    def write(self, at, data):
        self._change(at, bytes([self.content[at + i] & data[i] for i in range(len(data))]))

    def _change(self, at, new):
        self._check()
        n = len(new) if self.cut_after < 0 else min(len(new), self.cut_after)
        self.content[at : at + n] = new[:n]
        if self.cut_after >= 0:
            self.cut_after -= n
            if n < len(new):
                raise PowerCut()

    def _check(self):
        if self._hardware.enable or self.in_use():
            raise Broken("flash was touched during an exposure")


class Link:
    def __init__(self):
        self.inbox = b""
        self.outbox = b""

    def read(self):
        got, self.inbox = self.inbox[:256], self.inbox[256:]
        return got

    def write(self, view):
        self.outbox += bytes(view)
        return len(view)

    def wait(self, ms, to_write):
        pass


class Board:
    """A board by the contract of board.py."""

    def __init__(self, ring):
        self.config = Config(FACTS)
        self.config.ring = ring
        self.clock = Clock()
        self.hardware = self.inputs = self.outputs = self.detector = Hardware(self.clock)
        self.flash = Flash(self.hardware)
        self.link = Link()
        self.watchdog = NoWatchdog()
        self.display = None
        self.panel = NoPanel()
        self.tile = NoTile()
        self._nonces = 0

    def random(self, n):
        self._nonces += 1
        return struct.pack("<I", self._nonces) + bytes(n - 4)
