"""The machine: events as lines on stdin, one line about each on stdout. `micropython run.py` or `python run.py`.

"ok" and the values of `SEEN` after an event that left every invariant whole, "BROKEN why" after one that did not.
`expect NAME VALUE` compares one of these, and `new SLOTS` begins with another board.
"""

import binascii
import sys

from host import SECRET, Host
from plain_board import INTERLOCK, KEY, TRIGGER, Broken

from quayscan_wire import faults, frame, kinds, messages, states, trust
from quayscan_wire.blob import STANDALONE

SEEN = ("state", "light", "fault", "job", "waiting", "answer", "lost", "refused", "provisioned")
_INPUTS = {"key": KEY, "interlock": INTERLOCK, "trigger": TRIGGER}


class Machine:
    """One host and its board, moved by words."""

    def __init__(self, ring=1):
        self.host = Host(ring)
        self.answer = 0

    def do(self, words):
        """Carry out one event."""
        name, numbers = words[0], [int(word) for word in words[1:] if word.lstrip("-").isdigit()]
        if name in _INPUTS:
            self._pin(_INPUTS[name], numbers[0])
        elif name == "raw":
            self.inject(binascii.unhexlify(words[1]))
        elif name == "expect":
            self._expect(words[1], words[2])
        else:
            getattr(self, "do_" + name)(*numbers)

    def _expect(self, name, value):
        seen = self.seen()[SEEN.index(name)]
        if seen != value:
            raise Broken("%s is %s where %s belongs" % (name, seen, value))

    def _pin(self, bit, on):
        hardware = self.host.board.hardware
        hardware.flags = hardware.flags | bit if on else hardware.flags & ~bit
        self.host.tick()

    def do_wait(self, ms):
        for _ in range(ms):
            self.host.tick()

    def do_beat(self, ms):
        """Let time pass with heartbeats."""
        for at in range(0, ms, 40):
            self.do_status()
            self.do_wait(min(40, ms - at))

    def do_status(self, sealed=1):
        self.answer = self.host.ask(kinds.STATUS, sealed=bool(sealed))[0]

    def do_hello(self):
        self.answer = self.host.hello()

    def do_prove(self, right=1):
        self.answer = self.host.hello(SECRET if right else bytes(32))

    def do_provision(self, standalone):
        kind, _ = self.host.ask(kinds.PROVISION, messages.pack_provision(SECRET, standalone))
        self.answer = kind
        if kind == kinds.PROVISION | kinds.REPLY:
            self.host.watch.provisioned, self.host.watch.standalone = True, bool(standalone)

    def do_scan(self, exposure_ms, averages, dark=0):
        host = self.host
        self.answer, _ = host.ask(kinds.SCAN, messages.pack_scan(1000 * exposure_ms, averages, 0, dark))
        if self.answer == kinds.SCAN | kinds.REPLY:
            host.watch.heartbeat()

    def do_abort(self):
        self.answer = self.host.ask(kinds.ABORT)[0]

    def do_clear(self):
        self.answer = self.host.ask(kinds.CLEAR)[0]

    def do_take(self):
        self.answer = self.host.take()

    def do_journal(self, noted=0):
        self.answer = self.host.ask(kinds.JOURNAL, messages.pack_journal(noted))[0]

    def do_heat(self, light, detector):
        hardware = self.host.board.hardware
        hardware.light_temp, hardware.detector_temp = 100 * light, 100 * detector
        self.host.tick()

    def do_shine(self, percent):
        """Light of so much of the power set."""
        self.host.board.hardware.percent = percent
        self.host.tick()

    def do_works(self, indicator, photodiode, detector):
        hardware = self.host.board.hardware
        hardware.indicator_works, hardware.photodiode_works = bool(indicator), bool(photodiode)
        hardware.detector_works = bool(detector)
        self.host.tick()

    def do_stray(self, counts):
        self.host.board.hardware.stray = counts
        self.host.tick()

    def do_replay(self, back):
        """A frame of the past once more, byte for byte."""
        sent = self.host.sent
        if sent:
            self.inject(sent[-1 - back % len(sent)])

    def do_tamper(self, back, bit):
        """A frame of the past with one bit of its payload flipped, under a checksum that is right again."""
        kind, seq, payload = frame.FrameReader().feed(self.host.sent[-1 - back % len(self.host.sent)])[0]
        if payload:
            data = bytearray(payload)
            data[bit // 8 % len(data)] ^= 1 << bit % 8
            self.inject(frame.encode_frame(kind, seq, data))

    def do_scan_tampered(self, bit):
        """A sealed SCAN that never arrives as it was sent: one bit is flipped, and the checksum put right."""
        host = self.host
        host.count += 1
        sealed = bytearray(trust.seal(host.session, kinds.SCAN, 60000, host.count, messages.pack_scan(20000, 3)))
        sealed[bit // 8] ^= 1 << bit % 8
        self.inject(frame.encode_frame(kinds.SCAN, 60000, sealed))

    def do_quietly(self, on):
        """Close or open the interlock between two passes."""
        hardware = self.host.board.hardware
        hardware.flags = hardware.flags | INTERLOCK if on else hardware.flags & ~INTERLOCK

    def do_change_mode(self):
        self.host.program.guard.use(STANDALONE)

    def do_again(self):
        """The host repeats its last request, whose answer it did not get."""
        kind, seq = self.host.last
        self.answer = self.host.ask(kind, messages.pack_scan(20000, 3) if kind == kinds.SCAN else b"", seq=seq)[0]

    def do_ack(self, exposure_id):
        self.answer = self.host.ask(kinds.ACK, messages.pack_ack(exposure_id))[0]

    def do_maintain(self):
        self.answer = self.host.ask(kinds.MAINTAIN)[0]

    def do_open_at_frame(self, more):
        """Let the interlock open while the `more`-th frame from now is read out; stop after that pass."""
        host, hardware = self.host, self.host.board.hardware
        hardware.open_at = len(hardware.frames) + more - 1
        while len(hardware.frames) <= hardware.open_at:
            host.watch.heartbeat()
            host.program.guard.heartbeat()
            host.tick()

    def do_arm_alone(self):
        """Ask the guard itself for light, as if the rest of the program had lost its mind."""
        guard = self.host.program.guard
        guard.use(STANDALONE)
        guard.arm(1000)

    def do_flip(self, back, bit):
        """A frame of the past with one bit flipped, under a checksum that is right again if bit is odd."""
        sent = self.host.sent
        if sent:
            data = bytearray(sent[-1 - back % len(sent)])
            data[bit // 8 % len(data)] ^= 1 << bit % 8
            self.inject(bytes(data) + b"\0")

    def do_forge(self, kind, size):
        """A well-formed frame that no session sealed."""
        self.inject(frame.encode_frame(kind % 256, 40000 + size % 1000, bytes([kind % 256]) * (size % 400)))

    def do_forged_scan(self):
        self.inject(frame.encode_frame(kinds.SCAN, 50001, messages.pack_scan(20000, 3)))

    def inject(self, data):
        """Bytes that this host did not send; HELLO among them ends its session."""
        host = self.host
        host.board.link.inbox += data
        before = host.board._nonces
        host.tick()
        for _ in range(500):
            if host.board.link.inbox or host.program.session.busy():
                host.tick()
        host.tick()
        host.board.link.outbox = b""
        if host.board._nonces != before:
            host.session, host.watch.proved, host.watch.beat = None, False, None

    def do_unplug(self):
        """The link closes: what waits goes to flash, and the program boots anew."""
        self.host.program.lose_link()
        if self.host.board.hardware.enable:
            raise Broken("light is enabled after the link was lost")
        self.host.power_up()

    def do_power(self):
        self.host.power_up()

    def do_cut(self, after):
        """The power fails that many bytes of flash writing from now on."""
        self.host.board.flash.cut_after = after

    def do_fail(self):
        """Something in the program goes wrong."""
        self.host.program.fail(RuntimeError("on purpose"))
        self.host.watch.look()

    def seen(self):
        """What `expect` may ask for."""
        host = self.host
        guard, hardware = host.program.guard, host.board.hardware
        waiting = host.program.ring.pending() + host.program.store.stored()
        values = (
            states.name(guard.state),
            int(hardware.light),
            faults.name(guard.fault),
            host.program.exposure.job,
            waiting,
            self.answer,
            host.program.store.lost,
            host.program.trust.refused,
            int(host.program.trust.provisioned),
        )
        return [str(value) for value in values]


def main():
    """One event a line until the end of stdin, or, with "stop", until the first that is broken."""
    machine = Machine()
    for line in sys.stdin:
        words = line.split()
        try:
            if words[0] == "new":
                machine = Machine(*[int(word) for word in words[1:]])
            else:
                machine.do(words)
            print("ok", " ".join(machine.seen()))
        except Exception as error:  # noqa: BLE001 (a broken invariant, or whatever the program raises: the test fails)
            print("BROKEN", type(error).__name__, error)
            if "stop" in sys.argv:
                break
        if hasattr(sys.stdout, "flush"):
            sys.stdout.flush()


main()
