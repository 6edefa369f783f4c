"""A FETCH in steps: the chunks that its bitmap asks for, one after the other, then its answer."""

from quayscan_wire import blob, kinds, messages

from .ring import NOTHING


class Fetch:
    """The running FETCH, if any. A new one replaces it."""

    def __init__(self, sender, reply):
        self._sender = sender
        self._reply = reply
        self._slot = NOTHING
        self._seq = 0
        self._first = 0
        self._bitmap = b""
        self._at = 0
        self._end = 0
        self._sent = 0

    @property
    def active(self):
        return self._slot is not NOTHING

    def start(self, slot, seq, first, bitmap):
        """Begin with the chunk `first`; indices past the blob's end are left out."""
        self._slot = slot
        self._seq = seq
        self._first = first
        self._bitmap = bitmap
        self._at = 0
        self._end = min(8 * len(bitmap), max(0, blob.chunks(slot.size) - first))
        self._sent = 0

    def cancel(self):
        """Forget it: no answer is due."""
        self._slot = NOTHING

    def step(self, most):
        """Send up to `most` chunks as far as the link takes them, and the answer after the last."""
        sender = self._sender
        while self._at < self._end and most:
            if not (sender.ready_for_chunk() or (sender.flush() and sender.ready_for_chunk())):
                return
            if self._bitmap[self._at >> 3] >> (self._at & 7) & 1:
                sender.add_chunk(self._seq, self._slot.exposure_id, self._first + self._at, self._slot.blob)
                self._sent += 1
                most -= 1
            self._at += 1
        if self._at >= self._end and sender.ready():
            answer = messages.pack_fetch_answer(self._slot.exposure_id, self._sent)
            self._reply(kinds.FETCH | kinds.REPLY, self._seq, answer)
            self.cancel()
