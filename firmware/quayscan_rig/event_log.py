"""What was driven and measured, with its time: a ring of fixed size that tells when something fell out of it."""

import struct

EVENT = "<IBh"
EVENT_BYTES = struct.calcsize(EVENT)
KEPT = 1024


class EventLog:
    """Events by their number since the start.

    Attributes
    ----------
    count : events so far. Those before `count - KEPT` are gone.
    """

    def __init__(self, kept=KEPT):
        self._kept = kept
        self._memory = bytearray(kept * EVENT_BYTES)
        self.count = 0

    def add(self, clock_us, line, value):
        """One more."""
        struct.pack_into(EVENT, self._memory, self.count % self._kept * EVENT_BYTES, clock_us, line, value)
        self.count += 1

    def since(self, taken, most):
        """(number of the first told, how many are left after these, the events): from `taken` on, at most `most`."""
        first = max(taken, self.count - self._kept, 0)
        end = min(self.count, first + most)
        events = [
            struct.unpack_from(EVENT, self._memory, number % self._kept * EVENT_BYTES) for number in range(first, end)
        ]
        return first, self.count - end, events
