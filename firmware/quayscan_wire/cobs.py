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
    if b"\x00" in bytes(data):
        raise ValueError("COBS: a zero byte inside a frame")
    out = bytearray()
    size = len(data)
    at = 0
    while at < size:
        code = data[at]
        end = at + code
        if end > size:
            raise ValueError("COBS: a block of %d bytes past the end" % (end - size))
        out.extend(data[at + 1 : end])
        if code < 255 and end < size:
            out.append(0)
        at = end
    return bytes(out)
