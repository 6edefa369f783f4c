"""One request, one answer: sequence numbers, deadlines, retries, faults."""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from quayscan_wire import PROTOCOL_VERSION, faults, kinds, messages, states
from quayscan_wire.frame import FrameReader, encode_frame
from quayscan_wire.hello import FLAG_PROVISIONED, NONCE_BYTES

from ..errors import DeviceRefused, DeviceUntrusted, LinkLost, ProtocolMismatch, SafetyFault
from ..keys import DeviceKeys
from ..link import Link
from .fault_text import fault_text
from .prove import prove
from .trust import SealedSession

ANSWER_S = 0.12
"""How long one try waits for its answer, which takes a device a few milliseconds. Three tries fit into the shortest
heartbeat limit of any board: one lost answer must not end an exposure."""

TRIES = 25
SILENCE = (
    "check the cable and the device's power, and that the port is a quayscan device's; then try again."
    " The device drops its light by itself"
)

_REMEDIES = {
    faults.AUTH_REQUIRED: ": it was provisioned by another host; bring its key here, or provision it anew at its desk",
    faults.STORE_FULL: ": bring its exposures in with `quayscan device sync`",
}

BARE_ANSWERS = (kinds.CHUNK, kinds.FAULT, kinds.HELLO | kinds.REPLY, kinds.AUTH | kinds.REPLY)
"""What a device never seals."""

Frame = tuple[int, int, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceInfo:
    """What HELLO told, and AUTH: `authenticated` when both sides proved the device's key, `revoked` when this host
    believes it no more."""

    board: str
    uid: str
    pixels: int
    firmware: str
    implementation: str
    implementation_version: str
    protocol: int
    provisioned: bool
    authenticated: bool
    revoked: bool = False


@dataclass(slots=True, kw_only=True)
class LinkCounts:
    """What the link cost so far: requests repeated, frames dropped here, chunks asked for again, seals that failed."""

    retries: int = 0
    damaged: int = 0
    chunks_again: int = 0
    refused: int = 0


class Session:
    """Requests over one link.

    Attributes
    ----------
    counts : what the link cost so far. info : the device's HELLO, None before `hello()`.
    sealed : what seals requests and checks answers and exposures; None while nobody has proved a key.
    """

    def __init__(self, link: Link, keys: DeviceKeys | None = None) -> None:
        self.link = link
        self.sealed: SealedSession | None = None
        self._keys = DeviceKeys() if keys is None else keys
        self._nonces = (b"", b"")
        self.counts = LinkCounts()
        self.info: DeviceInfo | None = None
        self._reader = FrameReader()
        self._seq = 0
        self._inbox: deque[Frame] = deque()

    def hello(self, *, keyless: bool = False) -> DeviceInfo:
        """Open a session, and prove the device's key if it has one that this host knows.

        Parameters
        ----------
        keyless : take a device that has no key although this host keeps one of it: it is known to have lost it.

        Raises
        ------
        ProtocolMismatch
            The device speaks another protocol version; both are named.
        LinkLost
            Nothing answers.
        DeviceUntrusted
            The device cannot prove its key, has another than this host keeps of it, or says that it has none.
        """
        info = self.greet()
        if self.link.details.get("replayed"):
            return info
        if info.provisioned:
            self.sealed = prove(self, self._keys, info.uid, *self._nonces)
            revoked = self._keys.is_revoked(info.uid)
            self.info = info = replace(info, authenticated=self.sealed is not None, revoked=revoked)
        elif not keyless and self._keys.has_proved(info.uid):
            raise DeviceUntrusted(
                f"{self.link.name} says that it is {info.uid} and has no key, and this host keeps one of it: it was in"
                " maintenance, or it is another device under that uid. If you know why, provision it anew with the"
                f" device in hand (`quayscan device provision`). Kept at {self._keys.place(info.uid)}"
            )
        return info

    def greet(self) -> DeviceInfo:
        """HELLO alone: who is there. Raises as `hello` does."""
        self.sealed = None
        self.link.write(b"\0")
        nonce = secrets.token_bytes(NONCE_BYTES)
        payload = self.request(kinds.HELLO, messages.pack_hello(PROTOCOL_VERSION, nonce))
        version = int.from_bytes(payload[:2], "little")
        if version != PROTOCOL_VERSION:
            raise ProtocolMismatch(
                f"{self.link.name} speaks protocol version {version} and this program version {PROTOCOL_VERSION}:"
                " update the older of the two"
            )
        answer = unpacked(messages.unpack_hello_answer, payload)
        self._nonces = (nonce, answer["nonce"])
        self.info = DeviceInfo(
            board=answer["board"],
            uid=answer["uid"].hex(),
            pixels=answer["pixels"],
            firmware=answer["firmware"],
            implementation=answer["implementation"],
            implementation_version=answer["implementation_version"],
            protocol=version,
            provisioned=bool(answer["flags"] & FLAG_PROVISIONED),
            authenticated=False,
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
        for attempt in range(TRIES):
            self.counts.retries += attempt > 0
            self._write(kind, seq, payload)
            for answer_kind, answer_seq, answer in self.frames(ANSWER_S):
                if answer_seq == seq and answer_kind == kind | kinds.REPLY:
                    return answer
                if answer_seq == seq and answer_kind == kinds.FAULT:
                    raise self.fault(answer)
        raise LinkLost(f"{self.link.name} gave no answer in {TRIES * ANSWER_S:.1f} s: {SILENCE}")

    def ask(self, kind: int, payload: bytes) -> int:
        """Send a request once, without waiting; its sequence number."""
        seq = self._next_seq()
        self._write(kind, seq, payload)
        return seq

    def _write(self, kind: int, seq: int, payload: bytes) -> None:
        if self.sealed is not None:
            payload = self.sealed.seal(kind, seq, payload)
        self.link.write(encode_frame(kind, seq, payload))

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
                opened = self._opened(frame)
                if opened is None:
                    continue
                yield opened
                deadline = time.monotonic() + quiet_s
            left = deadline - time.monotonic()
            if left <= 0:
                return
            self._inbox += self._reader.feed(self.link.read(left))
            self.counts.damaged = self._reader.damaged

    def _opened(self, frame: Frame) -> Frame | None:
        """The frame without its seal; None when that fails. CHUNK and FAULT have none: the one is covered by the
        exposure's tag, the other can only stop."""
        kind, seq, sealed = frame
        if self.sealed is None or kind in BARE_ANSWERS:
            return frame
        payload = self.sealed.unseal(kind, seq, sealed)
        self.counts.refused = self.sealed.refused
        return None if payload is None else (kind, seq, payload)

    def fault(self, payload: bytes) -> DeviceRefused | SafetyFault:
        """The error that a FAULT payload stands for."""
        fields = unpacked(messages.unpack_fault, payload)
        code = fields["code"]
        if code >= faults.FIRST_SAFETY:
            latched = fields["state"] == states.FAULT
            return SafetyFault(fault_text(self.link.name, code, latched=latched, said=fields["text"]))
        said = f" ({fields['text']})" if fields["text"] else ""
        remedy = _REMEDIES.get(code, "")
        return DeviceRefused(f"{self.link.name} refused the request: {faults.name(code)}{said}{remedy}", code=code)


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
