"""Frames on their way out: built in place, written in bounded slices, so that a slow reader never holds up safety."""

import binascii
import struct

from quayscan_wire.cobs import encode_into
from quayscan_wire.frame import CRC_BYTES, HEADER_BYTES, MAX_BODY
from quayscan_wire.kinds import CHUNK, CHUNK_BYTES
from quayscan_wire.seal import seal_into, sealed_max

SLICE = 2200
"""Most bytes in one write. A Linux pty that says it is writable takes as many without blocking."""

_ANSWER_ROOM = 640
_CHUNK_HEAD = 9
_CHUNK_ROOM = sealed_max(_CHUNK_HEAD, CHUNK_BYTES)
_OUT_BYTES = 4 * _CHUNK_ROOM + _ANSWER_ROOM


class Sender:
    """One buffer of encoded frames before a link that takes what it can.

    Attributes
    ----------
    answer_bytes : longest payload that always fits when `ready` says so.
    """

    answer_bytes = 512

    def __init__(self, link):
        self._link = link
        self._body = bytearray(MAX_BODY)
        self._view = memoryview(self._body)
        self._chunk_head = bytearray(_CHUNK_HEAD)
        self._out = memoryview(bytearray(_OUT_BYTES))
        self._head = 0
        self._tail = 0

    def ready(self):
        """Whether an answer fits."""
        return self._fits(_ANSWER_ROOM)

    def add(self, kind, seq, payload):
        """Queue an answer; the caller has seen `ready`."""
        struct.pack_into("<BH", self._body, 0, kind, seq)
        end = HEADER_BYTES + len(payload)
        self._view[HEADER_BYTES:end] = payload
        self._seal(self._view[:end], end)

    def ready_for_chunk(self):
        """Whether a chunk fits, and an answer after it."""
        return self._fits(_CHUNK_ROOM + _ANSWER_ROOM)

    def add_chunk(self, seq, exposure_id, index, blob):
        """Queue chunk `index` of `blob`; the caller has seen `ready_for_chunk`."""
        struct.pack_into("<BHIH", self._chunk_head, 0, CHUNK, seq, exposure_id, index)
        start = CHUNK_BYTES * index
        n = min(CHUNK_BYTES, len(blob) - start)
        self._tail = seal_into(self._chunk_head, blob, start, n, self._out, self._tail)

    def waiting(self):
        """Whether bytes wait for the link."""
        return self._head < self._tail

    def flush(self):
        """Write while the link takes bytes; gives whether all is out."""
        while self._head < self._tail:
            end = min(self._tail, self._head + SLICE)
            taken = self._link.write(self._out[self._head : end])
            self._head += taken
            if not taken:
                return False
        self._head = self._tail = 0
        return True

    def _fits(self, room):
        if len(self._out) - self._tail >= room:
            return True
        if self._head:  # a slow reader: move what is left to the front
            left = self._tail - self._head
            self._out[:left] = self._out[self._head : self._tail]
            self._head, self._tail = 0, left
        return len(self._out) - self._tail >= room

    def _seal(self, covered, end):
        """Add the CRC of `covered`, the first `end` bytes of the body, encode, delimit."""
        struct.pack_into("<I", self._body, end, binascii.crc32(covered))
        out, tail = self._out, self._tail
        tail += encode_into(self._body, end + CRC_BYTES, out[tail:])
        out[tail] = 0
        self._tail = tail + 1
