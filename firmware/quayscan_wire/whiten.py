"""Counts are full of zero bytes, and each one costs a COBS decoder a step. In a CHUNK they travel XORed with `MASK`.

Doing it twice undoes it.
"""

import sys

MASK = 0xA5

_TABLE = bytes([byte ^ MASK for byte in range(256)])


def whiten_into_plain(src, n, dst):
    """Write the first `n` bytes of `src`, each XOR `MASK`, to the beginning of `dst`; the slow twin.

    Raises
    ------
    ValueError
        `src` or `dst` is shorter than `n`.
    """
    if n > len(src) or n > len(dst):
        raise ValueError("whiten: %d bytes do not fit from %d into %d" % (n, len(src), len(dst)))
    for i in range(n):
        dst[i] = src[i] ^ MASK


if sys.implementation.name == "micropython":
    from .whiten_viper import whiten_into

    def whiten(data):
        """`data`, each byte XOR `MASK`."""
        out = bytearray(len(data))
        whiten_into(data, len(data), out)
        return bytes(out)
else:
    whiten_into = whiten_into_plain

    def whiten(data):
        """`data`, each byte XOR `MASK`."""
        return bytes(data).translate(_TABLE)
