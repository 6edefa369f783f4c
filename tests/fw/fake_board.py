"""A board of plain objects with a clock that the test turns, and a host at the other end of its link."""

import struct

from plain_bench import CONFIG

from quayscan_fw.board import Config, LinkClosed, Reading
from quayscan_fw.program import Program
from quayscan_wire import frame, kinds, messages

KEY, INTERLOCK, TRIGGER, INDICATOR = 1, 2, 4, 8


class FakeClock:
    def __init__(self):
        self.now = 5

    def ms(self):
        return self.now

    def diff(self, later, earlier):
        return later - earlier

    def uptime_ms(self):
        return self.now & 0xFFFFFFFF


class FakeHardware:
    """Inputs as attributes; outputs as the program drove them; the hardware's own rule for the light."""

    def __init__(self, config, clock):
        self.config = config
        self.clock = clock
        self.flags = KEY | INTERLOCK
        self.detector_temp = -1000
        self.light_temp = 2500
        self.stray = 0
        self.indicator_works = True
        self.photodiode_works = True
        self.indicator = self.enable = False
        self.power = 0
        self.shots = []
        self.drives = []

    @property
    def light(self):
        fresh = bool(self.shots) and self.clock.now - self.shots[-1] <= self.config.one_shot_ms
        return self.enable and fresh and self.flags & 3 == 3

    def read(self):
        reading = Reading()
        lit = self.indicator and self.indicator_works
        reading.flags = self.flags | (INDICATOR if lit else 0)
        reading.detector_temp = self.detector_temp
        reading.light_temp = self.light_temp
        reading.photodiode = 1500 if self.light and self.photodiode_works else self.stray
        return reading

    def drive(self, indicator, enable, power):
        self.indicator, self.enable, self.power = indicator, enable, power
        self.drives.append((self.clock.now, indicator, enable, power))

    def retrigger(self):
        self.shots.append(self.clock.now)


class FakeDetector:
    """Frame n reads pixel p as `value(n, lit, p)`; `works` False never gets ready."""

    def __init__(self, hardware, clock):
        self._hardware = hardware
        self._clock = clock
        self._ready_at = None
        self._lit = False
        self.works = True
        self.frames = []

    def value(self, number, lit, pixel):
        return (1000 * lit + 7 * number + pixel) % 65536

    def start(self, exposure_us):
        self._ready_at = self._clock.now + exposure_us // 1000
        self._lit = self._hardware.light

    def ready(self):
        return self.works and self._clock.now >= self._ready_at

    def read_into(self, buffer):
        pixels = self._hardware.config.pixels
        number = len(self.frames)
        values = [self.value(number, self._lit, pixel) for pixel in range(pixels)]
        self.frames.append((self._lit, values))
        buffer[:] = struct.pack(f"<{pixels}H", *values)


class FakeTile:
    """Where the white tile is, and each move: when, to where, and whether the light was on."""

    def __init__(self, hardware, clock):
        self._hardware = hardware
        self._clock = clock
        self.before = False
        self.moves = []

    def place(self, before):
        if before != self.before:
            self.moves.append((self._clock.now, before, self._hardware.light))
        self.before = before


class FakeLink:
    """`inbox` is what the program reads, `outbox` what it wrote; it takes `room` bytes more before it is full."""

    def __init__(self):
        self.inbox = b""
        self.outbox = b""
        self.room = 1 << 30
        self.closed = False
        self.writes = []

    def read(self):
        if self.closed:
            raise LinkClosed("closed")
        got, self.inbox = self.inbox[:256], self.inbox[256:]
        return got

    def write(self, view):
        taken = bytes(view[: self.room])
        self.room -= len(taken)
        self.outbox += taken
        self.writes.append(len(view))
        return len(taken)

    def wait(self, ms, to_write):
        raise AssertionError("the test turns the clock")


class FakeFlash:
    """Flash in memory. After `cut_after` bytes more of writing or erasing the power fails; `dark`: the light is off."""

    def __init__(self, size, dark=lambda: True):
        self.size = size
        self.content = bytearray(b"\xff" * size)
        self.cut_after = None
        self.erased = 0
        self.written = 0
        self._dark = dark

    def read_into(self, at, view):
        self._check(at, len(view))
        view[:] = self.content[at : at + len(view)]

    def erase(self, at):
        assert at % 4096 == 0
        self._check(at, 4096)
        self.erased += 1
        self._change(at, b"\xff" * 4096)

    def write(self, at, data):
        assert at % 256 == 0
        assert len(data) % 256 == 0
        self._check(at, len(data))
        self._change(at, bytes(old & new for old, new in zip(self.content[at : at + len(data)], data, strict=True)))

    def _change(self, at, new):
        n = len(new) if self.cut_after is None else min(len(new), self.cut_after)
        self.content[at : at + n] = new[:n]
        self.written += n
        if self.cut_after is not None:
            self.cut_after -= n
            if n < len(new):
                raise PowerCut

    def _check(self, at, size):
        assert 0 <= at <= at + size <= self.size
        assert self._dark(), "flash was touched while the light may be on"


class PowerCut(BaseException):
    """Nothing of the program runs after this."""


class FakePanel:
    def __init__(self):
        self.shown = []

    def show(self, state):
        self.shown.append(state)


class FakeWatchdog:
    def __init__(self):
        self.fed = 0

    def feed(self):
        self.fed += 1


class FakeBoard:
    """A board with blank flash, with the `flash` given, or with `flash` None."""

    def __init__(self, flash="blank", **changes):
        self.config = Config({**CONFIG, "uid": bytes(range(8)), "pixels": 40, **changes})
        self.clock = FakeClock()
        self.hardware = self.inputs = self.outputs = FakeHardware(self.config, self.clock)
        self.detector = FakeDetector(self.hardware, self.clock)
        self.tile = FakeTile(self.hardware, self.clock)
        self.link = FakeLink()
        self.flash = FakeFlash(self.config.flash_bytes) if flash == "blank" else flash
        if self.flash:
            self.flash._dark = lambda: not self.hardware.enable
        self._nonces = 0
        self.watchdog = FakeWatchdog()
        self.display = None
        self.panel = FakePanel()

    def random(self, n):
        self._nonces += 1
        return struct.pack("<I", self._nonces) + bytes(n - 4)


class Host:
    """The program on a fake board, and the host that talks to it. One step of the program is 1 ms."""

    def __init__(self, flash="blank", **changes):
        self.board = FakeBoard(flash, **changes)
        self.hardware = self.board.hardware
        self.program = Program(self.board)
        self.reader = frame.FrameReader()
        self.seq = 0
        self.beating = True
        self.unasked = []

    def run(self, ms, beat_every=50):
        """Let `ms` pass, with heartbeats unless `beating` is off."""
        for tick in range(ms):
            if self.beating and tick % beat_every == 0:
                self.send(kinds.STATUS, seq=60000 + tick % 5000)
            self.board.clock.now += 1
            self.program.step()

    def send(self, kind, payload=b"", seq=None):
        if seq is None:
            self.seq += 1
            seq = self.seq
        self.board.link.inbox += frame.encode_frame(kind, seq, payload)
        return seq

    def replies(self):
        """All frames since the last call; unasked faults go to `unasked`."""
        got = self.reader.feed(self.board.link.outbox)
        self.board.link.outbox = b""
        self.unasked += [messages.unpack_fault(payload) for kind, seq, payload in got if seq == 0]
        return [each for each in got if each[1] != 0]

    def ask(self, kind, payload=b"", seq=None):
        """One request; the answer's (kind, payload)."""
        seq = self.send(kind, payload, seq)
        for _ in range(100):
            self.program.step()
            for answer in self.replies():
                if answer[1] == seq and answer[0] != kinds.CHUNK:
                    return answer[0], answer[2]
        raise AssertionError(f"no answer to kind {kind}")

    def hello(self):
        return messages.unpack_hello_answer(self.ask(kinds.HELLO, messages.pack_hello(1, bytes(16)))[1])

    def status(self):
        return messages.unpack_status_answer(self.ask(kinds.STATUS)[1])

    def refused(self, kind, payload=b""):
        """The FAULT that answers a request."""
        kind, payload = self.ask(kind, payload)
        assert kind == kinds.FAULT
        return messages.unpack_fault(payload)

    def scan(self, exposure_us=20000, averages=3, **more):
        kind, payload = self.ask(kinds.SCAN, messages.pack_scan(exposure_us, averages, **more))
        assert kind == kinds.SCAN | kinds.REPLY, payload
        return messages.unpack_scan_answer(payload)["exposure_id"]

    def emit(self):
        """A session with the light on, in the middle of its light frames."""
        self.hello()
        self.scan(exposure_us=500000, averages=3)
        self.run(1500 + self.board.config.warning_ms + 60)
        assert self.hardware.light
        self.replies()
