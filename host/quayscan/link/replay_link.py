"""`ReplayLink`: a captured session that answers again, request by request.

The host's requests come at other times and under other sequence numbers than when the session was captured, so
answers are found by kind: the next captured request of that kind, and everything that followed it. STATUS, which is
polled, repeats its last answer when the capture has no more. A recording proves nothing: seals are taken off, and
`details["replayed"]` tells the client not to ask for a proof.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quayscan_wire import kinds
from quayscan_wire.frame import FrameReader, encode_frame
from quayscan_wire.trust import SEAL_BYTES

from ..errors import FileFormatError, LinkLost

PREFIX = "replay:"
_PROVED = kinds.AUTH | kinds.REPLY
Frame = tuple[int, int, bytes]


class ReplayLink:
    """The device's side of a session that `CaptureLink` wrote.

    Raises
    ------
    FileFormatError
        The file cannot be read or is no capture; names the line.
    """

    def __init__(self, path: str | Path) -> None:
        self.name = f"{PREFIX}{path}"
        self.details: Mapping[str, Any] = {"replayed": True}
        self._exchanges = _exchanges(_frames(Path(path)))
        self._last_status: list[Frame] = []
        self._reader = FrameReader()
        self._answers: deque[bytes] = deque()

    def write(self, data: bytes) -> None:
        """Queue the captured answers to the requests in `data`."""
        for kind, seq, _ in self._reader.feed(data):
            for answer_kind, answer_seq, payload in self._next(kind):
                self._answers.append(encode_frame(answer_kind, seq if answer_seq else 0, payload))

    def read(self, timeout_s: float) -> bytes:
        """All answers queued so far."""
        data = b"".join(self._answers)
        self._answers.clear()
        return data

    def close(self) -> None:
        """Nothing is held."""

    def _next(self, kind: int) -> list[Frame]:
        queue = self._exchanges.get(kind)
        if queue:
            answers = queue.popleft()
            if kind == kinds.STATUS:
                self._last_status = answers
            return answers
        if kind == kinds.STATUS and self._last_status:
            return self._last_status
        raise LinkLost(
            f"{self.name}: the capture ends before a request of kind 0x{kind:02x}: capture the whole session"
        )


def _frames(path: Path) -> list[tuple[str, Frame]]:
    readers = {"out": FrameReader(), "in": FrameReader()}
    frames: list[tuple[str, Frame]] = []
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise FileFormatError(f"{path}: cannot be read as a capture ({exc}): give a file that --capture wrote") from exc
    for number, line in enumerate(lines, start=1):
        try:
            entry = json.loads(line)
            direction, data = entry["dir"], bytes.fromhex(entry["hex"])
            frames += [(direction, frame) for frame in readers[direction].feed(data)]
        except (ValueError, KeyError, TypeError) as exc:
            raise FileFormatError(f"{path}: line {number}: no capture line: give a file that --capture wrote") from exc
    return frames


def _exchanges(frames: list[tuple[str, Frame]]) -> dict[int, deque[list[Frame]]]:
    """Answers by the kind of their request, in order; a repeat of a request adds to its first answer."""
    found: dict[int, deque[list[Frame]]] = {}
    answers: list[Frame] = []
    last: tuple[int, int] | None = None
    sealed = False
    for direction, frame in frames:
        if direction == "in":
            answers.append(_bare(frame) if sealed else frame)
            sealed = frame[0] == _PROVED or (sealed and frame[0] != kinds.HELLO | kinds.REPLY)
        elif frame[:2] != last:
            last, answers = frame[:2], []
            found.setdefault(frame[0], deque()).append(answers)
    return found


def _bare(frame: Frame) -> Frame:
    """A frame of a sealed session without its seal."""
    kind, seq, payload = frame
    return (
        frame
        if kind in (kinds.CHUNK, kinds.FAULT, kinds.HELLO | kinds.REPLY, _PROVED)
        else (kind, seq, payload[:-SEAL_BYTES])
    )
