"""HELLO and its answer: who speaks, which protocol, a fresh nonce from each side."""

import struct

from . import layout

NONCE_BYTES = 16
UID_BYTES = 8
FLAG_PROVISIONED = 1
FLAG_AUTHENTICATED = 2

_HELLO = "<H16s"
_HELLO_NAMES = ("version", "nonce")
_ANSWER = "<H16s8sHB"
_ANSWER_NAMES = ("version", "nonce", "uid", "pixels", "flags")
_ANSWER_TEXTS = ("board", "firmware", "implementation", "implementation_version")


def pack_hello(version, nonce):
    """HELLO: the host's protocol version and 16 random bytes."""
    return struct.pack(_HELLO, version, nonce)


def unpack_hello(payload):
    """Fields of HELLO: version, nonce. Raises ValueError on a wrong length."""
    return layout.unpack(_HELLO, _HELLO_NAMES, payload, "HELLO")


def pack_hello_answer(version, nonce, uid, pixels, flags, board, firmware, implementation, implementation_version):
    """HELLO answer: the device's version, nonce (16 bytes), uid (8 bytes) and what it is."""
    head = struct.pack(_ANSWER, version, nonce, uid, pixels, flags)
    return head + layout.pack_strings((board, firmware, implementation, implementation_version))


def unpack_hello_answer(payload):
    """Fields of the HELLO answer. Raises ValueError on a wrong length."""
    fields, rest = layout.unpack_head(_ANSWER, _ANSWER_NAMES, payload, "HELLO answer")
    texts, used = layout.unpack_strings(rest, _ANSWER_TEXTS, "HELLO answer")
    if used != len(rest):
        raise ValueError("HELLO answer: %d bytes too many" % (len(rest) - used))
    fields.update(texts)
    return fields
