"""Frames: `kind, seq, payload, CRC-32` in COBS, ended by 0x00."""

import binascii
import struct

from . import cobs

MAX_BODY = 1024
"""Most bytes of kind, seq, payload and CRC together, before COBS."""

HEADER_BYTES = 3
CRC_BYTES = 4
_CRC_OF_WHOLE = 0x2144DF1C
"""CRC-32 of any bytes followed by their own CRC-32, little-endian: a property of the polynomial."""

MAX_PAYLOAD = MAX_BODY - HEADER_BYTES - CRC_BYTES
_MAX_ENCODED = cobs.encoded_max(MAX_BODY)


def encode_frame(kind, seq, payload=b""):
    """One frame with its delimiter.

    Raises
    ------
    ValueError
        The payload is over `MAX_PAYLOAD` bytes.
    """
    if len(payload) > MAX_PAYLOAD:
        raise ValueError("a payload of %d bytes is over %d: split it" % (len(payload), MAX_PAYLOAD))
    body = struct.pack("<BH", kind, seq) + bytes(payload)
    return cobs.encode(body + struct.pack("<I", binascii.crc32(body))) + b"\x00"


def decode_body(encoded):
    """The (kind, seq, payload) of one frame without its delimiter.

    Raises
    ------
    ValueError
        Bad COBS, too short, too long, or a wrong CRC.
    """
    if len(encoded) > _MAX_ENCODED:
        raise ValueError("a frame of %d bytes is too long" % len(encoded))
    body = cobs.decode(encoded)
    end = len(body) - CRC_BYTES
    if end < HEADER_BYTES or end + CRC_BYTES > MAX_BODY:
        raise ValueError("a body of %d bytes" % len(body))
    if binascii.crc32(body) != _CRC_OF_WHOLE:
        raise ValueError("wrong CRC")
    kind, seq = struct.unpack_from("<BH", body, 0)
    return kind, seq, body[HEADER_BYTES:end]


class FrameReader:
    """Cuts a byte stream into frames; holds at most one frame's bytes.

    Attributes
    ----------
    damaged : frames dropped so far because they were too long, no COBS, or failed their CRC.
        Nothing between two delimiters is no damage.
    """

    def __init__(self):
        self.damaged = 0
        self._held = b""
        self._overflow = False

    def feed(self, data):
        """Frames that `data` completes, as a list of (kind, seq, payload bytes)."""
        pieces = bytes(data).split(b"\x00")
        rest = pieces.pop()
        frames = []
        for piece in pieces:
            if self._held or self._overflow:
                self._hold(piece)
                piece = self._release()
            if piece:
                self._take(piece, frames)
        if rest:
            self._hold(rest)
        return frames

    def _hold(self, piece):
        if len(self._held) + len(piece) > _MAX_ENCODED:
            self._overflow = True
            self._held = b""
        elif not self._overflow:
            self._held = self._held + piece if self._held else piece

    def _release(self):
        """What is held, now complete; nothing of a frame that was too long, which is counted here."""
        held = self._held
        self.damaged += self._overflow
        self._held, self._overflow = b"", False
        return held

    def _take(self, encoded, frames):
        try:
            frames.append(decode_body(encoded))
        except ValueError:
            self.damaged += 1
