"""Frames that somebody without the key puts on the line: random, malformed, oversize, altered, and old."""

import struct

from quayscan_wire import frame, kinds, messages
from quayscan_wire.cobs import encode

KINDS = (
    kinds.HELLO,
    kinds.STATUS,
    kinds.SCAN,
    kinds.FETCH,
    kinds.ACK,
    kinds.ABORT,
    kinds.CLEAR,
    kinds.AUTH,
    kinds.PROVISION,
    kinds.MAINTAIN,
    kinds.JOURNAL,
)


class Attacker:
    """Makes frames from `rng` (random.Random) and from those that it overheard.

    With `spares_session` it sends no HELLO, which would end the session that it attacks.
    """

    def __init__(self, rng, overheard, spares_session=False):
        self._rng = rng
        self._overheard = list(overheard)
        self._spares_session = spares_session
        self._makers = (
            self.rubbish,
            self.unknown,
            self.known,
            self.plausible,
            self.oversize,
            self.replayed,
            self.flipped,
            self.flipped_under_a_right_checksum,
            self.cut,
        )

    def frame(self):
        """One more, of any sort, with its delimiter."""
        while True:
            data = self._rng.choice(self._makers)()
            if not self._spares_session or all(kind != kinds.HELLO for kind, _, _ in frame.FrameReader().feed(data)):
                return data

    def _bytes(self, most):
        return self._rng.randbytes(self._rng.randrange(most + 1))

    def _seq(self):
        return self._rng.randrange(65536)

    def rubbish(self):
        return self._bytes(300) + b"\0"

    def unknown(self):
        return frame.encode_frame(self._rng.randrange(256), self._seq(), self._bytes(80))

    def known(self):
        return frame.encode_frame(self._rng.choice(KINDS), self._seq(), self._bytes(60))

    def plausible(self):
        """What would be granted on a board without a key."""
        rng = self._rng
        payloads = {
            kinds.SCAN: messages.pack_scan(rng.randrange(1, 5000), rng.randrange(1, 4), 0, rng.randrange(2)),
            kinds.HELLO: messages.pack_hello(1, rng.randbytes(16)),
            kinds.AUTH: messages.pack_auth(rng.randbytes(32)),
            kinds.PROVISION: messages.pack_provision(rng.randbytes(32), 1),
            kinds.ACK: messages.pack_ack(rng.randrange(1, 4)),
            kinds.FETCH: messages.pack_fetch(rng.randrange(1, 4), 0, rng.randbytes(8)),
            kinds.JOURNAL: messages.pack_journal(rng.randrange(2)),
        }
        kind = rng.choice(KINDS)
        return frame.encode_frame(kind, self._seq(), payloads.get(kind, b""))

    def oversize(self):
        body = struct.pack("<BH", self._rng.choice(KINDS), self._seq()) + self._rng.randbytes(1100)
        return encode(body) + b"\0"

    def replayed(self):
        return self._rng.choice(self._overheard)

    def flipped(self):
        data = bytearray(self.replayed())
        data[self._rng.randrange(len(data))] ^= 1 << self._rng.randrange(8)
        return bytes(data) + b"\0"

    def flipped_under_a_right_checksum(self):
        kind, seq, payload = frame.FrameReader().feed(self.replayed())[0]
        body = bytearray(struct.pack("<BH", kind, seq) + payload)
        body[self._rng.randrange(len(body))] ^= 1 << self._rng.randrange(8)
        kind, seq = struct.unpack_from("<BH", body, 0)
        return frame.encode_frame(kind, seq, body[3:])

    def cut(self):
        data = self.replayed()
        return data[: self._rng.randrange(len(data))] + b"\0"
