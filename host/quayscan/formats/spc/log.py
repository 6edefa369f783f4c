"""The log block of an SPC file: lines `KEY=value` after the data.

Writers put what they like there. Read back are the keys that this project writes, under a mark that no other has.
"""

from __future__ import annotations

import struct

from .header import OLD, Header

LOG_MARK = "QUAYSCAN"
LOG_FORM = "5i44s"
"""Size of the block, of its memory, offsets of text and binary data, size of the binary data."""

_LONGEST = 4 * 2**20


def read_log(data: bytes, header: Header) -> dict[str, str]:
    """Keys in lower case and values of this project's log; empty for any other log or none."""
    if header.version == OLD or not 0 < header.log_at <= len(data) - struct.calcsize(LOG_FORM):
        return {}
    text_at = struct.unpack_from(header.order + LOG_FORM, data, header.log_at)[2]
    start = header.log_at + text_at
    if text_at < 0 or data[start : start + len(LOG_MARK)] != LOG_MARK.encode():
        return {}
    text = data[start : start + _LONGEST].partition(b"\0")[0].decode("utf-8", "replace")
    pairs = (line.partition("=") for line in text.split("\r\n")[1:])
    return {key.lower(): value for key, _, value in pairs if value}
