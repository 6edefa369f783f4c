"""The device program: one loop over safety, exposure and session, none of which ever waits."""

import gc
import sys

from quayscan_wire import blob, faults

from . import FIRMWARE_VERSION
from .board import BoardGone, LinkClosed
from .display import Screen
from .exposure import Exposure
from .guard import Guard
from .keeping import Keeping
from .ring import Ring
from .sender import Sender
from .session import Session
from .standalone import Standalone
from .store import Store
from .trust import Trust

IDLE_MS = 5
"""How long the loop may sleep when nothing runs; a byte on the link wakes it at once."""


def identity(config):
    """What HELLO and every exposure's metadata tell about this device."""
    version = ".".join([str(part) for part in tuple(sys.implementation.version)[:3]])
    return {
        "meta_version": blob.META_VERSION,
        "technique": blob.NIR if config.technique == "nir" else blob.RAMAN,
        "mode": blob.HOSTED,
        "uid": config.uid,
        "pixels": config.pixels,
        "adc_max": config.adc_max,
        "board": config.board,
        "firmware": FIRMWARE_VERSION,
        "implementation": sys.implementation.name,
        "implementation_version": version,
    }


def _head_bytes(me):
    """Bytes of a blob's metadata: always the same on one device."""
    fields = dict(me)
    for name in blob.META_NAMES:
        fields.setdefault(name, 0)
    fields["session_nonce"] = b""
    return len(blob.pack_metadata(fields))


class Program:
    """All parts on one board."""

    def __init__(self, board):
        me = identity(board.config)
        # what takes most memory first, while there is room in one piece
        self.ring = Ring(board.config.ring, _head_bytes(me), board.config.pixels, board.config.white_ms > 0)
        self.sender = Sender(board.link)
        self.guard = Guard(board)
        self.trust = Trust(board.flash, me["uid"])
        self.guard.permit_standalone(self.trust.standalone)
        self.store = Store(board.flash, self.ring.room_bytes)
        self.exposure = Exposure(board, self.guard, self.ring, me, self.trust, self.store.highest_id + 1)
        self.screen = Screen(board.display)
        parts = (self.guard, self.ring, self.exposure, self.sender, me, self.trust, self.store, self.screen)
        self.session = Session(board, *parts)
        self.keeping = Keeping(self.guard, self.ring, self.exposure, self.session, self.store)
        self.standalone = Standalone(board, self.guard, self.exposure, self.session, self.trust, self.screen)

    def step(self):
        """One pass: requests, safety, exposure. Gives how many milliseconds the loop may sleep."""
        flushed = self.session.step()
        self.guard.poll()
        code = self.guard.take_fault()
        if code:
            self.exposure.end(code)
            self.session.report(code, faults.name(code))
        self.standalone.step()
        self.exposure.step()
        self.keeping.step()
        self.screen.step(self.guard.lit, self.exposure)
        if self.session.busy():
            return 0 if flushed else 1
        if self.exposure.job:
            return min(1, self.exposure.remaining_ms())
        return IDLE_MS

    def leaving(self):
        """Whether MAINTAIN was granted and its answer is out."""
        return self.session.requests.leaving and not self.sender.waiting()

    def lose_link(self):
        """Nobody is there any more: light off first, then what waits goes to flash."""
        self.guard.off()
        self.guard.trip(faults.LINK_LOST)
        self.exposure.end(faults.LINK_LOST)
        self.ring.move(self.store)

    def fail(self, error):
        """The program itself failed: light off first, then the report."""
        self.guard.off()
        self.guard.trip(faults.PROGRAM)
        self.guard.take_fault()
        self.exposure.end(faults.PROGRAM)
        self.session.report(faults.PROGRAM, "%s: %s" % (type(error).__name__, error))


def run(board):
    """Run until MAINTAIN is granted, or the link or the board goes. Whatever ends it, the light is off."""
    program = None
    try:
        program = Program(board)
        while not program.leaving():
            _pass(program, board)
    except LinkClosed:
        if program:
            program.lose_link()
    except BoardGone:
        pass
    finally:
        try:
            board.outputs.drive(False, False, 0)
        except BoardGone:  # its hardware has turned the light off by itself
            pass


def _pass(program, board):
    try:
        pause = program.step()
        board.panel.show(program.guard.state)
        board.watchdog.feed()  # not when the step fails: a program that fails over and over is reset
        if pause:
            board.link.wait(pause, program.sender.waiting())
    except (LinkClosed, BoardGone):
        raise
    except Exception as error:  # noqa: BLE001 (the top loop: light off first, then the report)
        program.fail(error)
        gc.collect()
        board.link.wait(IDLE_MS, False)
