"""Which chunks a FETCH asks for: sets of indices as (first, bitmap) windows, lowest bit first."""

from .frame import MAX_PAYLOAD
from .trust import SEAL_BYTES

WINDOW_BYTES = MAX_PAYLOAD - 6 - SEAL_BYTES
"""Most bytes of bitmap that fit into a FETCH beside exposure_id, first and a seal."""


def pack(missing):
    """One window that begins at the lowest index of `missing` and reaches as far as a FETCH can.

    Returns
    -------
    (first, bitmap). Indices past the window wait for the next FETCH.

    Raises
    ------
    ValueError
        Nothing is missing, or an index is no u16.
    """
    wanted = sorted(missing)
    if not wanted:
        raise ValueError("bitmap: no chunk is missing, so there is nothing to ask for")
    first = wanted[0]
    if first < 0 or wanted[-1] > 0xFFFF:
        raise ValueError("bitmap: chunks %d to %d, indices are 0 to 65535" % (first, wanted[-1]))
    span = min((wanted[-1] - first) // 8 + 1, WINDOW_BYTES)
    bits = bytearray(span)
    for index in wanted:
        offset = index - first
        if offset < 8 * span:
            bits[offset // 8] |= 1 << (offset % 8)
    return first, bytes(bits)


def windows(missing):
    """All windows that `missing` needs, a list of (first, bitmap)."""
    rest = sorted(missing)
    out = []
    while rest:
        first, bits = pack(rest)
        out.append((first, bits))
        rest = [index for index in rest if index >= first + 8 * len(bits)]
    return out


def unpack(first, bitmap):
    """The indices that a window asks for, ascending."""
    return [first + 8 * j + i for j in range(len(bitmap)) for i in range(8) if bitmap[j] >> i & 1]
