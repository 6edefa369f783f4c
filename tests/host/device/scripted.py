"""A device that answers by script: a `Link` whose other end is a function, for what a real one will not do."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from quayscan_wire import PROTOCOL_VERSION, kinds, messages
from quayscan_wire.frame import FrameReader, encode_frame
from quayscan_wire.status import STATUS_NAMES

Reply = tuple[int, bytes]
Script = Callable[[int, bytes], Iterable[Reply]]


def hello_answer(version: int = PROTOCOL_VERSION, board: str = "raman785") -> bytes:
    return messages.pack_hello_answer(version, bytes(16), bytes(8), 3648, 0, board, "0.1.0", "scripted", "1")


def status_answer(**changes: int) -> bytes:
    fields = dict.fromkeys(STATUS_NAMES, 0)
    return messages.pack_status_answer(**{**fields, **changes})


class ScriptedLink:
    """Answers HELLO itself; every other request goes to the script. `asked` has the kinds that came."""

    def __init__(self, script: Script, *, hello: bytes | None = None, deaf_to: int = 0) -> None:
        self.name = "scripted"
        self.details: dict[str, object] = {}
        self.asked: list[int] = []
        self.closed = False
        self._script = script
        self._hello = hello_answer() if hello is None else hello
        self._deaf_to = deaf_to
        self._reader = FrameReader()
        self._out = b""

    def write(self, data: bytes) -> None:
        for kind, seq, payload in self._reader.feed(data):
            if self._deaf_to:
                self._deaf_to -= 1
                continue
            self.asked.append(kind)
            replies = [(kinds.HELLO | kinds.REPLY, self._hello)] if kind == kinds.HELLO else self._script(kind, payload)
            for answer_kind, answer in replies:
                unasked = answer_kind == kinds.FAULT and answer[0] == 0
                self._out += encode_frame(answer_kind, 0 if unasked else seq, answer)

    def read(self, timeout_s: float) -> bytes:
        data, self._out = self._out, b""
        return data

    def close(self) -> None:
        self.closed = True
