"""A rig board of plain objects: a clock that the test turns, lines as they were driven, edges that the test makes."""

from quayscan_rig.program import Program
from quayscan_wire import frame, kinds, messages, rig


class PlainLink:
    def __init__(self):
        self.inbox = b""
        self.outbox = b""
        self.room = 1 << 30
        self.closed = False

    def read(self):
        from quayscan_fw.board import LinkClosed

        if self.closed:
            raise LinkClosed("closed")
        got, self.inbox = self.inbox, b""
        return got

    def write(self, view):
        taken = bytes(view[: self.room])
        self.outbox += taken
        return len(taken)

    def wait(self, ms, to_write):
        pass


class PlainRig:
    uid = bytes(range(8))

    def __init__(self, now=0):
        self.now = now
        self.driven = []
        self.edges = []
        self.link = PlainLink()

    def ticks_us(self):
        self.now = (self.now + 7) % (1 << 32)
        return self.now

    def drive(self, line, value):
        self.driven.append((self.now, line, value))
        return self.now

    def edge(self):
        return self.edges.pop(0) if self.edges else None

    def enable(self):
        return 1

    def photodiode(self):
        return 4321


class RigHost:
    """The program on a plain rig board, and whoever asks it."""

    def __init__(self, now=0):
        self.board = PlainRig(now)
        self.program = Program(self.board)
        self.reader = frame.FrameReader()
        self.seq = 0

    def ask(self, kind, payload=b"", seq=None):
        self.seq = self.seq + 1 if seq is None else seq
        self.board.link.inbox += frame.encode_frame(kind, self.seq, payload)
        self.program.step()
        ((got, of, answer),) = self.reader.feed(self.board.link.outbox)
        self.board.link.outbox = b""
        assert of == self.seq
        return got, answer

    def events(self, taken=0):
        kind, payload = self.ask(rig.EVENTS, rig.pack_events(taken))
        assert kind == rig.EVENTS | kinds.REPLY
        return rig.unpack_events_answer(payload)

    def refused(self, kind, payload=b""):
        got, answer = self.ask(kind, payload)
        assert got == kinds.FAULT
        return messages.unpack_fault(answer)
