"""The chunks of one exposure, asked for by bitmap until the blob is complete."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from quayscan_wire import bitmap, blob, kinds, messages

from ..errors import LinkLost
from .session import ANSWER_S, SILENCE, Session, unpacked

QUIET_ROUNDS = 8
"""Rounds in a row that bring no new chunk before the link counts as lost."""

WHOLE_TRIES = 3
"""Times that a blob may fail its CRC-32 as a whole (a damaged chunk that passed its own) before giving up."""

OnChunks = Callable[[int, int], None]


def fetch_blob(session: Session, exposure_id: int, size: int, crc32: int, on_chunks: OnChunks) -> bytes:
    """The exact bytes of a finished exposure.

    Parameters
    ----------
    size, crc32 : of the blob, as STATUS says. on_chunks : called with (chunks here, chunks in all).

    Raises
    ------
    LinkLost
        Several rounds brought nothing, or the whole never matched its CRC-32.
    DeviceRefused
        The device has no such exposure.
    """
    for _ in range(WHOLE_TRIES):
        data = _collect(session, exposure_id, size, on_chunks)
        if zlib.crc32(data) == crc32:
            return data
        session.counts.retries += 1
    raise LinkLost(f"exposure {exposure_id} failed its CRC-32 {WHOLE_TRIES} times: use a shorter cable and try again")


def _collect(session: Session, exposure_id: int, size: int, on_chunks: OnChunks) -> bytes:
    data = bytearray(size)
    total = blob.chunks(size)
    missing = set(range(total))
    quiet = 0
    while missing:
        before = len(missing)
        if before < total:
            session.counts.chunks_again += before
        _one_round(session, exposure_id, data, missing)
        on_chunks(total - len(missing), total)
        quiet = 0 if len(missing) < before else quiet + 1
        if quiet >= QUIET_ROUNDS:
            raise LinkLost(
                f"{session.link.name} stopped sending with {len(missing)} of {total} chunks missing: {SILENCE}"
            )
    return bytes(data)


def _one_round(session: Session, exposure_id: int, data: bytearray, missing: set[int]) -> None:
    """Ask for all that is missing once, and take in what comes until the device says that it is done."""
    first, bits = bitmap.pack(missing)
    seq = session.ask(kinds.FETCH, messages.pack_fetch(exposure_id, first, bits))
    for kind, answer_seq, payload in session.frames(ANSWER_S):
        if kind == kinds.CHUNK:
            _place(payload, exposure_id, data, missing)
        elif answer_seq == seq and kind == kinds.FETCH | kinds.REPLY:
            return
        elif answer_seq == seq and kind == kinds.FAULT:
            raise session.fault(payload)


def _place(payload: bytes, exposure_id: int, data: bytearray, missing: set[int]) -> None:
    """Put a chunk where it belongs; one of another exposure or of a wrong length is left out."""
    sender, index, part = unpacked(messages.chunk_parts, payload)
    start = index * kinds.CHUNK_BYTES
    if sender == exposure_id and len(part) == min(kinds.CHUNK_BYTES, len(data) - start):
        data[start : start + len(part)] = part
        missing.discard(index)
