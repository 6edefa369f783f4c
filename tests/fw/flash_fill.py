"""Slots and stores of a few bytes, for tests of the flash."""

import binascii

from fake_board import FakeFlash

from quayscan_fw.ring import Slot
from quayscan_fw.store import Store

PIXELS = 40
HEAD_BYTES = 90
BLOB_BYTES = HEAD_BYTES + 8 * PIXELS
ROOM_BYTES = BLOB_BYTES + 32


def slot_with(exposure_id, size=BLOB_BYTES, pixels=PIXELS):
    """A finished slot whose bytes depend on its id."""
    slot = Slot(HEAD_BYTES, pixels)
    slot.room[:size] = bytes((7 * i + 31 * exposure_id) % 256 for i in range(size))
    view = slot.room[:size]
    slot.hold(exposure_id, view, binascii.crc32(view))
    return slot


def flash_with(slots):
    """Flash with room for that many small exposures, and the store over it."""
    flash = FakeFlash(4096 * (slots + 1))
    return flash, Store(flash, ROOM_BYTES)


def contents(store):
    """{exposure id: bytes} of what lies there, oldest first."""
    found = {}
    while store.stored():
        exposure_id = store.oldest()
        slot = Slot(HEAD_BYTES, PIXELS)
        assert store.load(exposure_id, slot)
        found[exposure_id] = bytes(slot.blob)
        store.release(exposure_id)
    return found
