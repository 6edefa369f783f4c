"""AUTH, PROVISION and the JOURNAL answer: the key's proofs, the key itself, and what was lost or refused."""

import struct

from . import layout

FLAG_STANDALONE = 1
"""PROVISION flag: the board may measure without a host."""

_PROOF = "<32s"
_PROOF_NAMES = ("proof",)
_PROVISION = "<32sB"
_PROVISION_NAMES = ("key", "flags")
_NOTED = "<H"
_NOTED_NAMES = ("noted",)
_JOURNAL = "<BHHHHIIB"
_JOURNAL_NAMES = ("flags", "refused", "stored", "room", "lost", "lost_sequence", "lost_id", "standalone_end")

JOURNAL_STORE = 1
JOURNAL_STANDALONE = 2
"""JOURNAL flags: the board has flash for exposures; it may measure without a host."""


def pack_auth(proof):
    """AUTH and its answer: a side's 32 bytes of proof."""
    return struct.pack(_PROOF, proof)


def unpack_auth(payload):
    """Fields of AUTH and of its answer."""
    return layout.unpack(_PROOF, _PROOF_NAMES, payload, "AUTH")


def pack_provision(key, flags):
    """PROVISION: the device's new key (32 bytes), and whether it may measure without a host."""
    return struct.pack(_PROVISION, key, flags)


def unpack_provision(payload):
    """Fields of PROVISION."""
    return layout.unpack(_PROVISION, _PROVISION_NAMES, payload, "PROVISION")


def pack_journal(noted=0):
    """JOURNAL: how many losses the host has noted, so that the device may forget them; 0 to only ask."""
    return struct.pack(_NOTED, noted)


def unpack_journal(payload):
    """Fields of JOURNAL."""
    return layout.unpack(_NOTED, _NOTED_NAMES, payload, "JOURNAL")


def pack_journal_answer(flags, refused, stored, room, lost, lost_sequence, lost_id, standalone_end):
    """JOURNAL answer: what lies in flash, what a power cut took, and how many frames failed their seal."""
    return struct.pack(_JOURNAL, flags, refused, stored, room, lost, lost_sequence, lost_id, standalone_end)


def unpack_journal_answer(payload):
    """Fields of the JOURNAL answer."""
    return layout.unpack(_JOURNAL, _JOURNAL_NAMES, payload, "JOURNAL answer")
