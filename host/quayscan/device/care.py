"""Keys and losses: PROVISION, MAINTAIN and JOURNAL."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from quayscan_wire import faults, kinds, messages
from quayscan_wire.auth import JOURNAL_STANDALONE, JOURNAL_STORE

from ..errors import DeviceError
from ..keys import DEVICE_KEY_BYTES, DeviceKeys
from .session import Session, unpacked


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """What a device tells of itself beside its state.

    Attributes
    ----------
    has_store : whether it has flash for exposures. stored, room : how many lie there, and how many more fit.
    standalone : whether it may measure without a host. last_press : how the last press of the trigger ended, "NONE"
        when it was stored.
    refused : frames that failed their seal, and wrong proofs, since power-up.
    lost : exposures that a power cut took while they were written; `lost_sequence` is the number in the store of the
        last of them, `lost_id` its exposure id, 0 when the cut came before that was written.
    """

    has_store: bool
    standalone: bool
    refused: int
    stored: int
    room: int
    lost: int
    lost_sequence: int
    lost_id: int
    last_press: str


def journal(session: Session, noted: int = 0) -> Journal:
    """Ask, and let the device forget `noted` losses."""
    fields = unpacked(messages.unpack_journal_answer, session.request(kinds.JOURNAL, messages.pack_journal(noted)))
    return Journal(
        has_store=bool(fields["flags"] & JOURNAL_STORE),
        standalone=bool(fields["flags"] & JOURNAL_STANDALONE),
        refused=fields["refused"],
        stored=fields["stored"],
        room=fields["room"],
        lost=fields["lost"],
        lost_sequence=fields["lost_sequence"],
        lost_id=fields["lost_id"],
        last_press=faults.name(fields["standalone_end"]),
    )


def loss_text(told: Journal) -> str:
    """The sentence about the losses, "" when there are none."""
    if not told.lost:
        return ""
    number = f"exposure id {told.lost_id}" if told.lost_id else "its id is not known"
    many = f"{told.lost} exposures were lost, the last" if told.lost > 1 else "one exposure was lost"
    return (
        f"{many} number {told.lost_sequence} of the device's store ({number}): the power failed while it was written;"
        " measure that sample again"
    )


def provision(session: Session, keys: DeviceKeys, uid: str, *, standalone: bool) -> None:
    """Give the device a new key, kept here before it is sent, and open the session anew with it.

    Raises
    ------
    DeviceRefused
        Exposures wait under the old key, or this host has not proved it.
    DeviceUntrusted
        The device took the key and cannot prove it.
    """
    key = secrets.token_bytes(DEVICE_KEY_BYTES)
    keys.stage(uid, key)
    flags = messages.FLAG_STANDALONE if standalone else 0
    session.request(kinds.PROVISION, messages.pack_provision(key, flags))
    keys.restore(uid)
    info = session.hello()
    if not info.authenticated:
        raise DeviceError(f"{session.link.name} took the key and does not use it: update its firmware")


def maintain(session: Session, keys: DeviceKeys, uid: str) -> None:
    """Let the device erase its key and leave its program, for whoever changes its files."""
    session.request(kinds.MAINTAIN)
    keys.forget(uid)
