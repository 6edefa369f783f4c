"""A CHUNK's frame in one pass: whitening, CRC-32, COBS and the delimiter, straight from the blob into the output.

Byte for byte what `frame.encode_frame(kinds.CHUNK, seq, messages.pack_chunk(...))` gives; the device sends 58 of them
an exposure, so they have a pass of their own, which allocates nothing.
"""

import sys
from array import array

from .cobs import encoded_max
from .whiten import MASK

CRC_BYTES = 4
_POLYNOMIAL = 0xEDB88320
"""CRC-32 of IEEE 802.3, reflected, as in zlib and `binascii.crc32`."""


def _crc_of(byte):
    for _ in range(8):
        byte = byte >> 1 ^ (_POLYNOMIAL if byte & 1 else 0)
    return byte


CRC_TABLE = array("I", [_crc_of(byte) for byte in range(256)])
"""What each byte does to a CRC-32: `crc = CRC_TABLE[(crc ^ byte) & 255] ^ crc >> 8`."""


def sealed_max(head_bytes, n):
    """Most bytes that a frame of `head_bytes` and `n` bytes of the blob can take."""
    return encoded_max(head_bytes + n + CRC_BYTES) + 1


def _take_plain(state, byte, out):
    """One byte of the body into COBS; `state` is [code_at, at]."""
    code_at, at = state
    if at - code_at == 255:
        out[code_at] = 255
        code_at, at = at, at + 1
    if byte:
        out[at] = byte
    else:
        out[code_at] = at - code_at
        code_at = at
    state[0], state[1] = code_at, at + 1


def _check(head, blob, start, n, out, tail):
    if start + n > len(blob) or len(out) < tail + sealed_max(len(head), n):
        raise ValueError("seal: %d bytes do not fit from %d into %d" % (n, len(blob) - start, len(out) - tail))


def seal_into_plain(head, blob, start, n, out, tail):
    """Write the frame of `head`, the `n` bytes of `blob` from `start` on, whitened, and their CRC to `out[tail:]`.

    Parameters
    ----------
    head : kind, seq, exposure_id and index of the CHUNK, packed.

    Returns
    -------
    Where the frame ends in `out`, its delimiter included.

    Raises
    ------
    ValueError
        `blob` ends before `start + n`, or `out` has no room for `sealed_max` bytes.
    """
    _check(head, blob, start, n, out, tail)
    crc = 0xFFFFFFFF
    state = [tail, tail + 1]
    for i in range(len(head) + n):
        byte = head[i] if i < len(head) else blob[start + i - len(head)] ^ MASK
        crc = CRC_TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8
        _take_plain(state, byte, out)
    crc ^= 0xFFFFFFFF
    for shift in (0, 8, 16, 24):
        _take_plain(state, crc >> shift & 0xFF, out)
    out[state[0]] = state[1] - state[0]
    out[state[1]] = 0
    return state[1] + 1


if sys.implementation.name == "micropython":
    from .seal_viper import seal

    _plan = array("I", bytes(20))

    def seal_into(head, blob, start, n, out, tail):
        """`seal_into_plain`, fast, and without taking memory."""
        _check(head, blob, start, n, out, tail)
        plan = _plan
        plan[0] = len(head)
        plan[1] = start
        plan[2] = n
        plan[3] = tail
        # viper takes an array as the address of its first item
        return tail + seal(0, 0, -1, head, out, blob, CRC_TABLE, plan)  # pyright: ignore[reportArgumentType]
else:
    seal_into = seal_into_plain
