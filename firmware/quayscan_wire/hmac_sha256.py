"""HMAC-SHA256 (RFC 2104, FIPS 198-1) on hashlib alone, which is what both interpreters have."""

import hashlib

_BLOCK_BYTES = 64
TAG_BYTES = 32


class HmacKey:
    """A key of at most 64 bytes, its pads made once."""

    def __init__(self, key):
        if len(key) > _BLOCK_BYTES:
            raise ValueError("a key of %d bytes is over %d" % (len(key), _BLOCK_BYTES))
        padded = bytes(key) + bytes(_BLOCK_BYTES - len(key))
        self._inner = bytes([byte ^ 0x36 for byte in padded])
        self._outer = bytes([byte ^ 0x5C for byte in padded])

    def tag(self, *parts):
        """The 32 bytes over `parts`, one after the other."""
        inner = hashlib.sha256(self._inner)
        for part in parts:
            inner.update(part)
        outer = hashlib.sha256(self._outer)
        outer.update(inner.digest())
        return outer.digest()


def same(one, other):
    """Whether two byte strings are equal, in a time that does not depend on where they differ."""
    if len(one) != len(other):
        return False
    difference = 0
    for i in range(len(one)):
        difference |= one[i] ^ other[i]
    return difference == 0
