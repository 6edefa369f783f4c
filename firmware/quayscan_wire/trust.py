"""What the provisioned key proves: who speaks (AUTH), that a frame is of this session (seal), who measured (tag)."""

import struct

from .hmac_sha256 import TAG_BYTES, HmacKey, same

KEY_BYTES = 32
PROOF_BYTES = TAG_BYTES

_SEAL = "<I8s"
SEAL_BYTES = struct.calcsize(_SEAL)
_SHORT = 8
"""Bytes of a seal's tag: forging one takes 2^63 tries on the wire."""

_HOST = b"quayscan host"
_DEVICE = b"quayscan device"
_SESSION = b"quayscan session"
_EXPOSURE = b"quayscan exposure"


class Challenge:
    """What both sides must say about one pair of nonces.

    Attributes
    ----------
    host_proof, device_proof : 32 bytes each. session : the `HmacKey` that seals this session's frames.
    """

    def __init__(self, key, host_nonce, device_nonce, uid):
        self.host_proof = key.tag(_HOST, host_nonce, device_nonce, uid)
        self.device_proof = key.tag(_DEVICE, host_nonce, device_nonce, uid)
        self.session = HmacKey(key.tag(_SESSION, host_nonce, device_nonce, uid))


def seal(session, kind, seq, count, payload):
    """`payload` followed by `count` and its tag; `session` is the session's `HmacKey`."""
    tag = session.tag(struct.pack("<BHI", kind, seq, count), payload)[:_SHORT]
    return bytes(payload) + struct.pack(_SEAL, count, tag)


def unseal(session, kind, seq, sealed):
    """The (payload, count) of what `seal` made.

    Raises
    ------
    ValueError
        It is too short, or was altered, or belongs to another frame or session.
    """
    end = len(sealed) - SEAL_BYTES
    if end < 0:
        raise ValueError("%d bytes hold no seal" % len(sealed))
    count, short = struct.unpack_from(_SEAL, sealed, end)
    payload = bytes(sealed[:end])
    if not same(session.tag(struct.pack("<BHI", kind, seq, count), payload)[:_SHORT], short):
        raise ValueError("the seal is not this session's over this frame")
    return payload, count


def exposure_tag(key, blob):
    """The 32 bytes at the end of a tagged exposure: over its metadata, with the session's nonce, and its counts."""
    return key.tag(_EXPOSURE, blob)
