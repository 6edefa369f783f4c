"""The bench socket (BENCH.md): a bench served to one device program over the loopback interface."""

from __future__ import annotations

import contextlib
import json
import secrets
import socket
import struct
import threading
from collections.abc import Callable
from typing import BinaryIO

from .bench import Bench
from .display import COLUMNS

TOKEN_BYTES = 16

HELLO_TIMEOUT_S = 5.0
"""A client that does not say who it is within this time makes room for the next."""

_OUTPUTS = struct.Struct("<BH")
_EXPOSURE = struct.Struct("<I")
_INPUTS = struct.Struct("<BhhH")


class _ClientError(Exception):
    """The client broke the rules of the socket; its connection ends."""


class BenchServer:
    """Serves one `Bench` to one client at a time, in a thread of its own, from construction to `close()`.

    A client that goes away, for whatever reason, leaves the bench disconnected and so its light off.

    Attributes
    ----------
    port : TCP port on 127.0.0.1. token : 16 bytes that a client must know.
    connected : an event that is set while a client with the right token is there.
    last_error : why the last client was dropped, "" when it left by itself.
    """

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.token = secrets.token_bytes(TOKEN_BYTES)
        self.connected = threading.Event()
        self.last_error = ""
        self._closing = False
        self._client: socket.socket | None = None
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=4)
        self.port: int = self._listener.getsockname()[1]
        self._answers: dict[bytes, Callable[[BinaryIO], bytes]] = {
            b"I": self._inputs,
            b"O": self._outputs,
            b"K": self._retrigger,
            b"E": self._expose,
            b"R": self._ready,
            b"F": self._frame,
            b"W": self._white,
            b"D": self._display,
        }
        self._thread = threading.Thread(target=self._accept, name="bench-server", daemon=True)
        self._thread.start()

    @property
    def address(self) -> tuple[str, str]:
        """HOST:PORT and the token in hex, as the device program takes them on its command line."""
        return f"127.0.0.1:{self.port}", self.token.hex()

    def __enter__(self) -> BenchServer:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End the client's connection and the server; the light is off when this returns. May be repeated."""
        self._closing = True
        with contextlib.suppress(OSError):  # wakes the thread where a mere close does not
            self._listener.shutdown(socket.SHUT_RDWR)
        client = self._client
        if client is not None:
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _accept(self) -> None:
        while not self._closing:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._client = client
            if not self._closing:
                self._serve(client)
            self._client = None
            client.close()

    def _serve(self, client: socket.socket) -> None:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.settimeout(HELLO_TIMEOUT_S)
        self.last_error = ""
        try:
            with client.makefile("rb") as stream:
                client.sendall(self._hello(stream))
                client.settimeout(None)
                self.bench.connect(True)
                self.connected.set()
                self._converse(client, stream)
        except (_ClientError, ValueError) as exc:
            self.last_error = str(exc)
        except OSError:
            pass  # the program is gone; what counts is below
        finally:
            self.bench.connect(False)
            self.connected.clear()

    def _converse(self, client: socket.socket, stream: BinaryIO) -> None:
        while code := stream.read(1):
            answer = self._answers.get(code)
            if answer is None:
                raise _ClientError(f"the client sent the unknown code {code!r}")
            reply = answer(stream)
            if reply:
                client.sendall(reply)

    def _hello(self, stream: BinaryIO) -> bytes:
        code, token = stream.read(1), stream.read(TOKEN_BYTES)
        if code != b"H" or not secrets.compare_digest(token, self.token):
            raise _ClientError("the client did not open with H and the right token")
        facts = {**self.bench.board.config(self.bench.uid), "display": 1}
        if self.bench.part_faults:
            facts["part_faults"] = dict(self.bench.part_faults)
        config = json.dumps(facts).encode()
        return struct.pack("<H", len(config)) + config

    def _inputs(self, stream: BinaryIO) -> bytes:
        flags, detector_c, light_c, photodiode = self.bench.read_inputs()
        return _INPUTS.pack(flags, round(100 * detector_c), round(100 * light_c), photodiode)

    def _outputs(self, stream: BinaryIO) -> bytes:
        flags, power = _OUTPUTS.unpack(_exactly(stream, _OUTPUTS.size))
        self.bench.drive_outputs(flags, power)
        return b"\x00"

    def _retrigger(self, stream: BinaryIO) -> bytes:
        self.bench.retrigger()
        return b""

    def _white(self, stream: BinaryIO) -> bytes:
        self.bench.place_white(_exactly(stream, 1) != b"\x00")
        return b"\x00"

    def _display(self, stream: BinaryIO) -> bytes:
        (page,) = _exactly(stream, 1)
        self.bench.display.show_page(page, _exactly(stream, COLUMNS))
        return b""

    def _expose(self, stream: BinaryIO) -> bytes:
        (exposure_us,) = _EXPOSURE.unpack(_exactly(stream, _EXPOSURE.size))
        self.bench.start_integration(exposure_us)
        return b""

    def _ready(self, stream: BinaryIO) -> bytes:
        return bytes([self.bench.frame_ready()])

    def _frame(self, stream: BinaryIO) -> bytes:
        return self.bench.read_frame().tobytes()


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise _ClientError(f"the client left in the middle of a message ({len(data)} of {size} bytes)")
    return data
