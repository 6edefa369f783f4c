"""A minimal bench by BENCH.md for the firmware's tests: a thread, one client, frames that the test can foretell."""

import contextlib
import json
import socket
import struct
import threading
import time

TOKEN = bytes(range(16))

CONFIG = {
    "board": "raman785",
    "uid": "a0a1a2a3a4a5a6a7",
    "technique": "raman",
    "pixels": 3648,
    "adc_max": 65535,
    "default_power": 1000,
    "max_power": 3000,
    "min_power": 20,
    "warning_ms": 60,
    "heartbeat_ms": 400,
    "max_on_ms": 5000,
    "standalone_max_on_ms": 2000,
    "one_shot_ms": 200,
    "detector_temp": [-2000, 4000],
    "light_temp": [1000, 4000],
    "photodiode_on": 200,
    "max_exposure_us": 2_000_000,
    "max_averages": 1000,
    "ring": 2,
    "exposure_us": 20_000,
    "averages": 3,
    "flash_bytes": 1 << 18,
}


def frame_values(number, light, pixels):
    """Counts of frame `number` since power-up: what the detector of this bench sees."""
    base = 20000 if light else 700
    return [(base + 37 * number + 11 * pixel) % 65536 for pixel in range(pixels)]


class PlainBench:
    """Listens on loopback. Inputs are attributes that a test sets; `light` is what the hardware would do."""

    def __init__(self, **config):
        self.config = {**CONFIG, **config}
        self.flags = 3
        self.detector_temp = -1000
        self.light_temp = 2500
        self.indicator_works = True
        self.photodiode_works = True
        self.detector_works = True
        self.connected = False
        self.was_on = False
        self.drives = []
        self.frames = 0
        self._outputs = 0
        self._shot = 0.0
        self._ready_at = None
        self._lit_frame = False
        self._handlers = {
            b"H": self._wiring,
            b"I": self._inputs,
            b"O": self._drive,
            b"K": self._retrigger,
            b"E": self._integrate,
            b"R": self._ready,
            b"F": self._frame,
        }
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._client = None
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def light(self):
        """Whether the light is on: driven, allowed by key and interlock, retriggered in time, client there."""
        fresh = time.monotonic() - self._shot < self.config["one_shot_ms"] / 1000
        return bool(self.connected and self._outputs & 2 and self.flags & 3 == 3 and fresh)

    @property
    def enabled(self):
        """Whether the program drives the enable pin."""
        return bool(self._outputs & 2)

    def close(self):
        """End the thread and the sockets."""
        for each in (self._client, self._server):
            if each is not None:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()
        self._thread.join(5)

    def drop_client(self):
        """Cut the wires to the program."""
        self._client.shutdown(socket.SHUT_RDWR)

    def _serve(self):
        try:
            self._client, _ = self._server.accept()
        except OSError:
            return
        self._client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connected = True
        # struct.error: cut in the middle of a request.
        with contextlib.suppress(OSError, struct.error), self._client.makefile("rwb") as stream:
            while self._one(stream):
                pass
        self.connected = False

    def _one(self, stream):
        code = stream.read(1)
        if not code:
            return False
        answer = self._handlers[code](stream)
        if answer:
            stream.write(answer)
            stream.flush()
        return answer is not None

    def _wiring(self, stream):
        if stream.read(16) != TOKEN:
            return None
        text = json.dumps(self.config).encode()
        return struct.pack("<H", len(text)) + text

    def _inputs(self, stream):
        lit = self._outputs & 1 and self.indicator_works
        diode = 1500 if self.light and self.photodiode_works else 3
        flags = self.flags | (8 if lit else 0)
        return struct.pack("<BhhH", flags, self.detector_temp, self.light_temp, diode)

    def _drive(self, stream):
        self._outputs, power = struct.unpack("<BH", stream.read(3))
        self.drives.append((self._outputs, power))
        return b"\0"

    def _retrigger(self, stream):
        self._shot = time.monotonic()
        self.was_on = self.was_on or self.light
        return b""

    def _integrate(self, stream):
        exposure_us = struct.unpack("<I", stream.read(4))[0]
        self._ready_at = time.monotonic() + exposure_us / 1e6
        self._lit_frame = self.light
        return b""

    def _ready(self, stream):
        ready = self._ready_at is not None and time.monotonic() >= self._ready_at
        return b"\1" if ready and self.detector_works else b"\0"

    def _frame(self, stream):
        values = frame_values(self.frames, self._lit_frame, self.config["pixels"])
        self.frames += 1
        return struct.pack(f"<{len(values)}H", *values)
