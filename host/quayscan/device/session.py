"""One request, one answer: sequence numbers, deadlines, retries, faults."""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from quayscan_wire import PROTOCOL_VERSION, faults, kinds, messages, states
from quayscan_wire.frame import FrameReader, encode_frame

from ..errors import DeviceRefused, LinkLost, ProtocolMismatch, SafetyFault
from ..link import Link

ANSWER_S = 0.12
"""How long one try waits for its answer, which takes a device a few milliseconds. Three tries fit into the shortest
heartbeat limit of any board: one lost answer must not end an exposure."""

TRIES = 25
SILENCE = (
    "check the cable and the device's power, and that the port is a quayscan device's; then try again."
    " The device drops its light by itself"
)

Frame = tuple[int, int, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceInfo:
    """What HELLO told."""

    board: str
    uid: str
    pixels: int
    firmware: str
    implementation: str
    implementation_version: str
    protocol: int
    provisioned: bool
    authenticated: bool


@dataclass(slots=True, kw_only=True)
class LinkCounts:
    """What the link cost so far: requests repeated, frames dropped here, chunks asked for again."""

    retries: int = 0
    damaged: int = 0
    chunks_again: int = 0


class Session:
    """Requests over one link.

    Attributes
    ----------
    counts : what the link cost so far. info : the device's HELLO, None before `hello()`.
    """

    def __init__(self, link: Link) -> None:
        self.link = link
        self.counts = LinkCounts()
        self.info: DeviceInfo | None = None
        self._reader = FrameReader()
        self._seq = 0
        self._inbox: deque[Frame] = deque()

    def hello(self) -> DeviceInfo:
        """Open a session.

        Raises
        ------
        ProtocolMismatch
            The device speaks another protocol version; both are named.
        LinkLost
            Nothing answers.
        """
        self.link.write(b"\0")
        nonce = secrets.token_bytes(16)
        payload = self.request(kinds.HELLO, messages.pack_hello(PROTOCOL_VERSION, nonce))
        version = int.from_bytes(payload[:2], "little")
        if version != PROTOCOL_VERSION:
            raise ProtocolMismatch(
                f"{self.link.name} speaks protocol version {version} and this program version {PROTOCOL_VERSION}:"
                " update the older of the two"
            )
        answer = unpacked(messages.unpack_hello_answer, payload)
        flags = answer["flags"]
        self.info = DeviceInfo(
            board=answer["board"],
            uid=answer["uid"].hex(),
            pixels=answer["pixels"],
            firmware=answer["firmware"],
            implementation=answer["implementation"],
            implementation_version=answer["implementation_version"],
            protocol=version,
            provisioned=bool(flags & 1),
            authenticated=bool(flags & 2),
        )
        return self.info

    def request(self, kind: int, payload: bytes = b"") -> bytes:
        """Send a request until its answer comes; the answer's payload.

        Raises
        ------
        DeviceRefused, SafetyFault
            The device answered with a fault.
        LinkLost
            No answer after `TRIES` tries.
        """
        seq = self._next_seq()
        frame = encode_frame(kind, seq, payload)
        for attempt in range(TRIES):
            self.counts.retries += attempt > 0
            self.link.write(frame)
            for answer_kind, answer_seq, answer in self.frames(ANSWER_S):
                if answer_seq == seq and answer_kind == kind | kinds.REPLY:
                    return answer
                if answer_seq == seq and answer_kind == kinds.FAULT:
                    raise self.fault(answer)
        raise LinkLost(f"{self.link.name} gave no answer in {TRIES * ANSWER_S:.1f} s: {SILENCE}")

    def ask(self, kind: int, payload: bytes) -> int:
        """Send a request once, without waiting; its sequence number."""
        seq = self._next_seq()
        self.link.write(encode_frame(kind, seq, payload))
        return seq

    def _next_seq(self) -> int:
        self._seq = self._seq % 0xFFFF + 1
        return self._seq

    def frames(self, quiet_s: float) -> Iterator[Frame]:
        """Frames as they arrive, until none came for `quiet_s` seconds.

        A FAULT that nobody asked for is raised as `SafetyFault`.
        """
        deadline = time.monotonic() + quiet_s
        while True:
            while self._inbox:
                frame = self._inbox.popleft()
                if frame[0] == kinds.FAULT and frame[1] == 0:
                    raise self.fault(frame[2])
                yield frame
                deadline = time.monotonic() + quiet_s
            left = deadline - time.monotonic()
            if left <= 0:
                return
            self._inbox += self._reader.feed(self.link.read(left))
            self.counts.damaged = self._reader.damaged

    def fault(self, payload: bytes) -> DeviceRefused | SafetyFault:
        """The error that a FAULT payload stands for."""
        fields = unpacked(messages.unpack_fault, payload)
        code, state = fields["code"], states.name(fields["state"])
        said = f" ({fields['text']})" if fields["text"] else ""
        if code >= faults.FIRST_SAFETY:
            return SafetyFault(
                f"{self.link.name}: {faults.name(code)}{said}; the light is off, the device is in state {state}:"
                " remove the cause and scan again"
            )
        return DeviceRefused(f"{self.link.name} refused the request: {faults.name(code)}{said}", code=code)


Fields = TypeVar("Fields")


def unpacked(unpack: Callable[[bytes], Fields], payload: bytes) -> Fields:
    """The fields of a payload.

    Raises
    ------
    ProtocolMismatch
        The payload is not laid out as this protocol version says.
    """
    try:
        return unpack(payload)
    except ValueError as exc:
        raise ProtocolMismatch(
            f"an answer is not laid out as protocol version {PROTOCOL_VERSION} says ({exc}): update the firmware"
        ) from exc
