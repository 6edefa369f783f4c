"""Consistent Overhead Byte Stuffing: any bytes as bytes without 0x00.

Source: S. Cheshire and M. Baker, IEEE/ACM Trans. Networking 7 (1999) 159, doi:10.1109/90.769765.
"""

import sys


def encoded_max(n):
    """Most bytes that `n` bytes can become."""
    return n + n // 254 + 1


def encode_into_plain(src, n, dst):
    """Encode the first `n` bytes of `src` into `dst`; the slow twin that every port can run.

    Returns
    -------
    The encoded length.

    Raises
    ------
    ValueError
        `n` exceeds `src`, or `dst` is smaller than `encoded_max(n)`.
    """
    if n > len(src) or len(dst) < encoded_max(n):
        raise ValueError("COBS: %d bytes do not fit from %d into %d" % (n, len(src), len(dst)))
    code_at = 0
    at = 1
    code = 1
    for i in range(n):
        if code == 255:
            dst[code_at] = 255
            code_at = at
            at += 1
            code = 1
        byte = src[i]
        if byte:
            dst[at] = byte
            at += 1
            code += 1
        else:
            dst[code_at] = code
            code_at = at
            at += 1
            code = 1
    dst[code_at] = code
    return at


if sys.implementation.name == "micropython":
    from .cobs_viper import encode_into
else:
    encode_into = encode_into_plain


def encode(data):
    """`data` without 0x00, at most `encoded_max(len(data))` bytes; the delimiter is not added."""
    out = bytearray(encoded_max(len(data)))
    return bytes(memoryview(out)[: encode_into(data, len(data), out)])


def decode(data):
    """Undo `encode`. Empty input gives empty output.

    Raises
    ------
    ValueError
        A 0x00 inside, or a code that points past the end.
    """
    data = bytes(data)
    if b"\x00" in data:
        raise ValueError("COBS: a zero byte inside a frame")
    if not data:
        return b""
    size = len(data)
    out = bytearray(data)
    full = []  # codes that stand for no zero: the block before them was as long as blocks get
    at = code = data[0]
    while at < size:
        if code == 255:
            full.append(at)
        code = data[at]
        out[at] = 0
        at += code
    if at > size:
        raise ValueError("COBS: a block of %d bytes past the end" % (at - size))
    return _without(out, full)


def _without(out, places):
    """The bytes of `out` but the first and those at `places`, which ascend."""
    view = memoryview(out)
    if not places:
        return bytes(view[1:])
    kept = bytearray()
    start = 1
    for place in places:
        kept.extend(view[start:place])
        start = place + 1
    kept.extend(view[start:])
    return bytes(kept)
