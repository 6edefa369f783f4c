"""Payload of each message, packed and unpacked. Keys are the field names of PROTOCOL.md.

Every `unpack_` raises ValueError when the payload has a wrong length. STATUS, ABORT, CLEAR and MAINTAIN
have none.
"""

import struct

from . import layout
from .auth import (
    FLAG_STANDALONE,
    pack_auth,
    pack_journal,
    pack_journal_answer,
    pack_provision,
    unpack_auth,
    unpack_journal,
    unpack_journal_answer,
    unpack_provision,
)
from .hello import pack_hello, pack_hello_answer, unpack_hello, unpack_hello_answer
from .measure import pack_measure, unpack_measure
from .show import pack_show, pack_show_answer, unpack_show, unpack_show_answer
from .status import pack_status_answer, unpack_status_answer
from .whiten import whiten

__all__ = [
    "FLAG_LIGHT_OFF",
    "FLAG_STANDALONE",
    "chunk_parts",
    "pack_ack",
    "pack_ack_answer",
    "pack_auth",
    "pack_chunk",
    "pack_fault",
    "pack_fetch",
    "pack_fetch_answer",
    "pack_hello",
    "pack_hello_answer",
    "pack_journal",
    "pack_journal_answer",
    "pack_measure",
    "pack_provision",
    "pack_scan",
    "pack_scan_answer",
    "pack_show",
    "pack_show_answer",
    "pack_state",
    "pack_status_answer",
    "unpack_ack",
    "unpack_ack_answer",
    "unpack_auth",
    "unpack_chunk",
    "unpack_fault",
    "unpack_fetch",
    "unpack_fetch_answer",
    "unpack_hello",
    "unpack_hello_answer",
    "unpack_journal",
    "unpack_journal_answer",
    "unpack_measure",
    "unpack_provision",
    "unpack_scan",
    "unpack_scan_answer",
    "unpack_show",
    "unpack_show_answer",
    "unpack_state",
    "unpack_status_answer",
]

FLAG_LIGHT_OFF = 1
"""SCAN flag: leave the light off."""

_SCAN = "<IHHB"
_SCAN_NAMES = ("exposure_us", "averages", "light_power", "flags")
_ID = "<I"
_ID_NAMES = ("exposure_id",)
_FETCH = "<IH"
_FETCH_NAMES = ("exposure_id", "first")
_CHUNK_HEAD = struct.calcsize(_FETCH)
_FETCH_ANSWER_NAMES = ("exposure_id", "sent")
_ACK_ANSWER = "<IB"
_ACK_ANSWER_NAMES = ("exposure_id", "pending")
_STATE = "<B"
_STATE_NAMES = ("state",)
_FAULT = "<BBB"
_FAULT_NAMES = ("refused_kind", "code", "state")


def pack_scan(exposure_us, averages, light_power=0, flags=0):
    """SCAN: integration time of a frame in us, frames, power in 0.1 mW (0: the board's default)."""
    return struct.pack(_SCAN, exposure_us, averages, light_power, flags)


def unpack_scan(payload):
    """Fields of SCAN."""
    return layout.unpack(_SCAN, _SCAN_NAMES, payload, "SCAN")


def pack_scan_answer(exposure_id):
    """SCAN answer: the id that the exposure will have."""
    return struct.pack(_ID, exposure_id)


def unpack_scan_answer(payload):
    """Fields of the SCAN answer."""
    return layout.unpack(_ID, _ID_NAMES, payload, "SCAN answer")


def pack_fetch(exposure_id, first, bitmap):
    """FETCH: bit i of byte j of `bitmap` asks for chunk first + 8 j + i."""
    return struct.pack(_FETCH, exposure_id, first) + bytes(bitmap)


def unpack_fetch(payload):
    """Fields of FETCH; `bitmap` has at least one byte."""
    fields, bitmap = layout.unpack_head(_FETCH, _FETCH_NAMES, payload, "FETCH")
    if not bitmap:
        raise ValueError("FETCH: no bitmap")
    fields["bitmap"] = bitmap
    return fields


def pack_fetch_answer(exposure_id, sent):
    """FETCH answer: how many chunks went out before it."""
    return struct.pack(_FETCH, exposure_id, sent)


def unpack_fetch_answer(payload):
    """Fields of the FETCH answer."""
    return layout.unpack(_FETCH, _FETCH_ANSWER_NAMES, payload, "FETCH answer")


def pack_chunk(exposure_id, index, data):
    """CHUNK: bytes `512 * index` and following of the blob, whitened on the wire."""
    return struct.pack(_FETCH, exposure_id, index) + whiten(data)


def unpack_chunk(payload):
    """Fields of CHUNK; the blob's own bytes are under `data`."""
    exposure_id, index, data = chunk_parts(payload)
    return {"exposure_id": exposure_id, "index": index, "data": data}


def chunk_parts(payload):
    """The (exposure_id, index, data) of CHUNK, without a dict: it comes 58 times an exposure."""
    if len(payload) < _CHUNK_HEAD:
        raise ValueError("CHUNK: %d bytes, at least %d belong" % (len(payload), _CHUNK_HEAD))
    exposure_id, index = struct.unpack_from(_FETCH, payload, 0)
    return exposure_id, index, whiten(payload[_CHUNK_HEAD:])


def pack_ack(exposure_id):
    """ACK: the host holds this exposure safely."""
    return struct.pack(_ID, exposure_id)


def unpack_ack(payload):
    """Fields of ACK."""
    return layout.unpack(_ID, _ID_NAMES, payload, "ACK")


def pack_ack_answer(exposure_id, pending):
    """ACK answer: the exposure released, and how many still wait."""
    return struct.pack(_ACK_ANSWER, exposure_id, pending)


def unpack_ack_answer(payload):
    """Fields of the ACK answer."""
    return layout.unpack(_ACK_ANSWER, _ACK_ANSWER_NAMES, payload, "ACK answer")


def pack_state(state):
    """ABORT answer and CLEAR answer: the safety state."""
    return struct.pack(_STATE, state)


def unpack_state(payload):
    """Fields of the ABORT and CLEAR answers."""
    return layout.unpack(_STATE, _STATE_NAMES, payload, "state")


def pack_fault(refused_kind, code, state, text=""):
    """FAULT: the kind refused (0 when unasked), why, the safety state, and a sentence for the reader."""
    return struct.pack(_FAULT, refused_kind, code, state) + text.encode()


def unpack_fault(payload):
    """Fields of FAULT."""
    fields, raw = layout.unpack_head(_FAULT, _FAULT_NAMES, payload, "FAULT")
    fields["text"] = layout.text(raw, "FAULT")
    return fields
