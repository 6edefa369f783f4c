"""Message kinds, and how large a chunk is. Numbers are never re-used."""

HELLO = 0x01
STATUS = 0x02
SCAN = 0x03
FETCH = 0x04
ACK = 0x05
ABORT = 0x06
CLEAR = 0x07
AUTH = 0x08
PROVISION = 0x09
MAINTAIN = 0x0A
JOURNAL = 0x0B
MEASURE = 0x0C
SHOW = 0x0D

CHUNK = 0x44
FAULT = 0xFF

REPLY = 0x80
"""Bit that marks the answer to a request: SCAN | REPLY answers SCAN."""

CHUNK_BYTES = 512
"""Bytes of the blob in one CHUNK; the last one is shorter."""
