"""Add a frame to a sum, and mark the pixels that reached the converter's end."""

import struct
import sys

_BLOCK = 64


def accumulate_plain(sums, frame, marks, pixels, limit):
    """The slow twin that every port can run, in blocks, so that little is allocated.

    Parameters
    ----------
    sums : buffer of `pixels` u32 little-endian, changed in place.
    frame : buffer of `pixels` u16 little-endian.
    marks : buffer of `pixels` bytes; set to 1 where the frame reaches `limit`.
    """
    for start in range(0, pixels, _BLOCK):
        n = min(_BLOCK, pixels - start)
        old = struct.unpack_from("<%dI" % n, sums, 4 * start)
        new = struct.unpack_from("<%dH" % n, frame, 2 * start)
        struct.pack_into("<%dI" % n, sums, 4 * start, *[a + b for a, b in zip(old, new)])  # noqa: B905
        if max(new) >= limit:
            for i in range(n):
                if new[i] >= limit:
                    marks[start + i] = 1


if sys.implementation.name == "micropython":
    from .accumulate_viper import accumulate
else:
    accumulate = accumulate_plain
