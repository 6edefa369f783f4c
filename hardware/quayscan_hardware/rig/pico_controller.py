"""`PicoController`: a rig board at a serial port, spoken to as `quayscan_wire.rig` lays it down."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import serial

from quayscan_wire import PROTOCOL_VERSION, kinds, messages
from quayscan_wire import rig as wire
from quayscan_wire.frame import FrameReader, encode_frame

from .controller import POWER, SAFE, Event, RigError, Step
from .line_numbers import NAMES, NUMBERS, from_wire, to_wire

ANSWER_S = 0.5
TRIES = 10
POWER_S = 25.0
"""Power may take as long as the board under test takes to start, on a bench that starts a program for it."""

WRAP = 1 << 32


class PicoController:
    """The rig board's driver.

    Parameters
    ----------
    port : of the rig board. shared_cpu : whether it plays before a virtual board on a desktop.

    Raises
    ------
    RigError
        There is no such port, or what answers there is no rig board.
    """

    def __init__(self, port: str, *, shared_cpu: bool = False) -> None:
        self.name = f"rig board at {port}"
        self.shared_cpu = shared_cpu
        self.lines = frozenset(NAMES[number] for number in wire.DRIVEN)
        self._reader = FrameReader()
        self._frames: deque[tuple[int, int, bytes]] = deque()
        self._seq = 0
        self._taken = 0
        self._clock = 0
        try:
            self._port = serial.Serial(port, timeout=0.05, write_timeout=2.0, exclusive=True)
            self._port.write(b"\x00")
        except (serial.SerialException, OSError, ValueError) as exc:
            raise RigError(f"{self.name} cannot be opened ({exc}): check its cable and port") from exc
        try:
            self._greet()
        except BaseException:
            self._port.close()
            raise

    def drive(self, line: str, value: float) -> None:
        """Drive a line now."""
        if line not in self.lines:
            raise RigError(f"{self.name} has no line {line!r}: it drives {', '.join(sorted(self.lines))}")
        patience = POWER_S if line == POWER else ANSWER_S
        self._ask(wire.DRIVE, wire.pack_drive(NUMBERS[line], to_wire(line, value)), patience)

    def play(self, steps: Sequence[Step]) -> None:
        """Drive lines one after the other, timed by the rig board."""
        packed = [(step.after_us, NUMBERS[step.line], to_wire(step.line, step.value)) for step in steps]
        longest = sum(step.after_us for step in steps) * 1e-6
        self._ask(wire.PLAY, wire.pack_play(packed), ANSWER_S + 2 * longest)

    def events(self) -> list[Event]:
        """What was driven and measured since the last call."""
        events, left = [], 1
        while left:
            answer = self._fields(wire.unpack_events_answer, self._ask(wire.EVENTS, wire.pack_events(self._taken)))
            if answer["first"] > self._taken:
                raise RigError(f"{self.name} lost {answer['first'] - self._taken} events: ask for them more often")
            events += [self._event(*one) for one in answer["events"]]
            self._taken += len(answer["events"])
            left = answer["left"]
        return events

    def at_us(self, wall_us: int) -> int:
        """The same: the rig board's clock judges."""
        return wall_us

    def enabled(self) -> bool:
        """Whether the board asks for light at this moment."""
        return bool(self._fields(wire.unpack_read_answer, self._ask(wire.READ))["enable"])

    def close(self) -> None:
        """Let go; the rig board leaves the lines safe."""
        if self._port.is_open:
            for line, value in SAFE:
                self.drive(line, value)
            self._port.close()

    def _greet(self) -> None:
        payload = self._ask(kinds.HELLO, messages.pack_hello(PROTOCOL_VERSION, bytes(16)))
        told = self._fields(messages.unpack_hello_answer, payload)
        if told["board"] != wire.BOARD or told["version"] != PROTOCOL_VERSION:
            raise RigError(
                f"{told['board']} with protocol {told['version']} answers at {self.name}: a rig board with protocol"
                f" {PROTOCOL_VERSION} is wanted; check which port is which"
            )
        self._catch_up()

    def _catch_up(self) -> None:
        """Leave aside what a rig board that runs for long has seen before this host came."""
        left = 1
        while left:
            answer = self._fields(wire.unpack_events_answer, self._ask(wire.EVENTS, wire.pack_events(self._taken)))
            self._taken = answer["first"] + len(answer["events"])
            left = answer["left"]

    def _event(self, clock_us: int, number: int, value: int) -> Event:
        line = NAMES.get(number, f"line {number}")
        self._clock += (clock_us - self._clock + WRAP // 2) % WRAP - WRAP // 2
        return Event(at_us=self._clock, wall_us=self._clock, line=line, value=from_wire(line, value))

    def _ask(self, kind: int, payload: bytes = b"", patience_s: float = ANSWER_S) -> bytes:
        """The answer's payload; asked again when none comes, which the rig board takes for the same request."""
        self._seq = self._seq % 0xFFFF + 1
        for _ in range(TRIES):
            self._write(encode_frame(kind, self._seq, payload))
            deadline = time.monotonic() + patience_s
            while time.monotonic() < deadline:
                answer = self._answer(kind)
                if answer is not None:
                    return answer
        raise RigError(f"{self.name} gave no answer: check its cable and program")

    def _answer(self, kind: int) -> bytes | None:
        """The payload that answers the running request, if it is among what came."""
        if not self._frames:
            self._frames.extend(self._reader.feed(self._read()))
        while self._frames:
            got, seq, payload = self._frames.popleft()
            if seq == self._seq and got == kind | kinds.REPLY:
                return payload
            if seq == self._seq and got == kinds.FAULT:
                told = self._fields(messages.unpack_fault, payload)
                raise RigError(f"{self.name} refused a request: {told['text']}")
        return None

    def _read(self) -> bytes:
        try:
            first: bytes = self._port.read(1)
            rest: bytes = self._port.read(self._port.in_waiting) if first else b""
        except (serial.SerialException, OSError, TypeError) as exc:
            raise RigError(f"{self.name} is gone ({exc}): check its cable") from exc
        return first + rest

    def _write(self, data: bytes) -> None:
        try:
            self._port.write(data)
        except (serial.SerialException, OSError) as exc:
            raise RigError(f"{self.name} takes no bytes ({exc}): check its cable") from exc

    def _fields(self, unpack: Callable[[bytes], dict[str, Any]], payload: bytes) -> dict[str, Any]:
        try:
            return unpack(payload)
        except ValueError as exc:
            raise RigError(f"{self.name} answers in another layout ({exc}): update its program") from exc
