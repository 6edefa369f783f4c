"""The wires between a rig board's twin and the virtual bench: a socket of the loopback interface, for one client.

| code | arguments | answer | stands for |
|---|---|---|---|
| `H` | token 16s | none | the rig board is plugged in |
| `S` | line u8, value i16 (`quayscan_wire.rig`) | clock u32, us | driving a pin |
| `T` | none | clock u32, us | the rig board's own clock |
| `E` | none | u8 1 or 0, clock u32, line u8, value i16 | an edge that the capture input has seen, or none |
| `R` | none | enable u8, photodiode u16 | reading the pins |
"""

from __future__ import annotations

import contextlib
import secrets
import socket
import struct
import threading
from collections import deque
from typing import BinaryIO

from ..bench.server import TOKEN_BYTES
from ..sim import VirtualBoard
from .bench_controller import BenchController
from .controller import ENABLE, INDICATOR, LIGHT, Event
from .line_numbers import NAMES, NUMBERS, from_wire, to_wire

_DRIVE = struct.Struct("<Bh")
_CLOCK = struct.Struct("<I")
_EDGE = struct.Struct("<BIBh")
_LEVELS = struct.Struct("<BH")
_MEASURED = (ENABLE, LIGHT, INDICATOR)
WRAP = 1 << 32


class PinServer:
    """Serves a virtual board's lines to the rig board's program, from construction to `close()`.

    `started_s` is the bench's time at which the rig board's clock began.
    """

    def __init__(self, board: VirtualBoard) -> None:
        self.token = secrets.token_bytes(TOKEN_BYTES)
        self._bench = board.bench
        self._pins = BenchController(board)
        self.started_s = self._bench.lines.wall_s()
        self._edges: deque[Event] = deque()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1)
        self._client: socket.socket | None = None
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, name="pin-server", daemon=True)
        self._thread.start()

    @property
    def address(self) -> tuple[str, str]:
        """HOST:PORT and the token in hex."""
        return f"127.0.0.1:{self.port}", self.token.hex()

    def close(self) -> None:
        """End the connection and the server. May be repeated."""
        for end in (self._listener, self._client):
            if end is not None:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            client, _ = self._listener.accept()
            self._client = client
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with client, client.makefile("rb") as stream:
                if stream.read(1) == b"H" and secrets.compare_digest(stream.read(TOKEN_BYTES), self.token):
                    self._converse(client, stream)

    def _converse(self, client: socket.socket, stream: BinaryIO) -> None:
        answers = {b"S": self._drive, b"T": self._clock, b"E": self._edge, b"R": self._levels}
        while (code := stream.read(1)) in answers:
            client.sendall(answers[code](stream))

    def _drive(self, stream: BinaryIO) -> bytes:
        number, value = _DRIVE.unpack(stream.read(_DRIVE.size))
        line = NAMES[number]
        answer = self._clock(stream)
        self._pins.drive(line, from_wire(line, value))
        return answer

    def _clock(self, stream: BinaryIO) -> bytes:
        return _CLOCK.pack(round(1e6 * (self._bench.lines.wall_s() - self.started_s)) % WRAP)

    def _edge(self, stream: BinaryIO) -> bytes:
        if not self._edges:
            self._edges.extend(event for event in self._pins.events() if event.line in _MEASURED)
        if not self._edges:
            return _EDGE.pack(0, 0, 0, 0)
        event = self._edges.popleft()
        clock_us = event.wall_us - round(1e6 * self.started_s)
        return _EDGE.pack(1, clock_us % WRAP, NUMBERS[event.line], to_wire(event.line, event.value))

    def _levels(self, stream: BinaryIO) -> bytes:
        return _LEVELS.pack(self._pins.enabled(), self._bench.photodiode())
