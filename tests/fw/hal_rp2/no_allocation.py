"""What each pass of the program takes of memory, on hal_rp2, while the light of an exposure is on.

Run by MicroPython with the folder of modules and a board's name. Prints `quiet BYTES PASSES`: bytes that the passes
without traffic took together; and `asked BYTES PASSES`: the most that one with a STATUS took, with how many there were.
"""
# ruff: noqa: E402 (the modules of the tests first, and the parts that are replaced before what uses them)

import gc
import sys
import time

sys.path.insert(0, sys.argv[1])
gc.threshold(4096)  # compile without leaving gaps; a board runs compiled files

import machine

from quayscan_fw.hal_rp2 import link_usb
from quayscan_wire import frame, kinds, messages
from quayscan_wire.states import EMITTING, JOB_IDLE

AVERAGES = 64
BEAT_MS = 100
BEAT_PASSES = 16  # whichever comes first: a fast machine is through before the time is up


class MemoryLink:
    inbox = b""

    def read(self):
        got, self.inbox = self.inbox, b""
        return got

    def write(self, view):
        return len(view)

    def wait(self, ms, to_write):
        pass


link_usb.UsbLink = MemoryLink

from quayscan_fw.hal_rp2.board import Rp2Board
from quayscan_fw.program import Program

gc.collect()
gc.threshold(-1)
for pin in (17, 18, 27):  # key, interlock, cut-out
    machine.LEVELS[pin] = 1
board = Rp2Board(sys.argv[2])
board.flash = None
program = Program(board)
seq = 0


def ask(kind, payload=b""):
    global seq
    seq += 1
    board.link.inbox = frame.encode_frame(kind, seq, payload)


ask(kinds.HELLO, messages.pack_hello(1, bytes(16)))
program.step()
ask(kinds.SCAN, messages.pack_scan(1000, AVERAGES))
program.step()
gc.collect()
gc.disable()
quiet = passes = asked = beats = since = 0
last = time.ticks_ms()
while program.exposure.job != JOB_IDLE:
    since += 1
    beat = since >= BEAT_PASSES or time.ticks_diff(time.ticks_ms(), last) > BEAT_MS
    if beat:
        last, since = time.ticks_ms(), 0
        ask(kinds.STATUS)
    lit = program.guard.state == EMITTING and program.exposure.done < program.exposure.total - 1
    before = gc.mem_alloc()
    program.step()
    board.panel.show(program.guard.state)
    taken = gc.mem_alloc() - before
    if lit and beat:
        asked = max(asked, taken)
        beats += 1
    elif lit:
        quiet += taken
        passes += 1
    if gc.mem_free() < 30000:
        gc.collect()
print("quiet", quiet, passes)
print("asked", asked, beats)
print("ended", program.exposure.last_end, "enable", machine.LEVELS[14])
