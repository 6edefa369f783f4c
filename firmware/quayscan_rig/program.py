"""The rig's program: answers one request after the other, and writes down every edge in between."""

import sys

from quayscan_fw.board import LinkClosed
from quayscan_wire import PROTOCOL_VERSION, faults, frame, kinds, messages, rig

from . import FIRMWARE_VERSION
from .event_log import EventLog
from .player import play
from .rig_board import SAFE

IDLE_MS = 1
NONCE = bytes(16)
"""A rig board proves nothing: whoever holds its cable holds the bench."""


class Refused(Exception):
    """A request that cannot be done: code and text of the FAULT."""


class Program:
    """All parts on one board."""

    def __init__(self, board):
        self._board = board
        self.log = EventLog()
        self._reader = frame.FrameReader()
        self._last = (0, 0)
        self._answer = b""
        self._handlers = {
            kinds.HELLO: self._hello,
            rig.DRIVE: self._drive,
            rig.PLAY: self._play,
            rig.EVENTS: self._events,
            rig.READ: self._read,
        }
        self.make_safe()

    def make_safe(self):
        """Nothing that forbids light, nothing that asks for it."""
        for line, value in SAFE:
            self._set(line, value)

    def step(self):
        """One pass: edges, then requests."""
        self.take_edges()
        for kind, seq, payload in self._reader.feed(self._board.link.read()):
            self._send(self._answered(kind, seq, payload))

    def take_edges(self):
        """Write down what happened since the last pass."""
        edge = self._board.edge()
        while edge is not None:
            self.log.add(*edge)
            edge = self._board.edge()

    def _answered(self, kind, seq, payload):
        """The answer's frame; a repeat of the last request gets its answer again and does nothing twice."""
        if (kind, seq) == self._last and kind != kinds.HELLO:
            return self._answer
        try:
            handler = self._handlers.get(kind)
            if handler is None:
                raise Refused(faults.UNKNOWN_KIND, "kind 0x%02x is not known here" % kind)
            answer = frame.encode_frame(kind | kinds.REPLY, seq, handler(payload))
        except Refused as refused:
            answer = frame.encode_frame(
                kinds.FAULT, seq, messages.pack_fault(kind, refused.args[0], 0, refused.args[1])
            )
        except ValueError as error:
            answer = frame.encode_frame(kinds.FAULT, seq, messages.pack_fault(kind, faults.BAD_PAYLOAD, 0, str(error)))
        self._last = (kind, seq)
        self._answer = answer
        return answer

    def _hello(self, payload):
        messages.unpack_hello(payload)
        version = ".".join([str(part) for part in tuple(sys.implementation.version)[:3]])
        name = sys.implementation.name
        return messages.pack_hello_answer(
            PROTOCOL_VERSION, NONCE, self._board.uid, 0, 0, rig.BOARD, FIRMWARE_VERSION, name, version
        )

    def _drive(self, payload):
        asked = rig.unpack_drive(payload)
        require_driven(asked["line"])
        return rig.pack_clock(self._set(asked["line"], asked["value"]))

    def _play(self, payload):
        steps = rig.unpack_play(payload)
        for _, line, _ in steps:
            require_driven(line)
        return rig.pack_clock(play(self._board, steps, self._set))

    def _events(self, payload):
        self.take_edges()
        return rig.pack_events_answer(*self.log.since(rig.unpack_events(payload)["taken"], rig.MOST_EVENTS))

    def _read(self, payload):
        if payload:
            raise ValueError("READ: %d bytes where none belong" % len(payload))
        board = self._board
        return rig.pack_read_answer(board.ticks_us(), board.enable(), board.photodiode())

    def _set(self, line, value):
        self.take_edges()
        clock_us = self._board.drive(line, value)
        self.log.add(clock_us, line, value)
        return clock_us

    def _send(self, data):
        view = memoryview(data)
        link = self._board.link
        while view:
            taken = link.write(view)
            view = view[taken:]
            if not taken:
                link.wait(IDLE_MS, True)


def require_driven(line):
    """Raise Refused for a line that is measured, or unknown."""
    if line not in rig.DRIVEN:
        raise Refused(faults.BAD_PAYLOAD, "line %d is not driven here" % line)


def run(board):
    """Run until the link closes; the board under test is left safe."""
    program = Program(board)
    try:
        while True:
            program.step()
            board.link.wait(IDLE_MS, False)
    except LinkClosed:
        pass
    finally:
        program.make_safe()
