"""Finished exposures wait here until the host acknowledges them. All memory is taken once, at the start."""

import binascii

from quayscan_wire.hmac_sha256 import TAG_BYTES

FREE = 0
FILLING = 1
WAITING = 2


class Slot:
    """Room for one blob. `light` and `dark` begin on a 4-byte boundary, so the blob itself may begin off one.

    Attributes
    ----------
    blob : memoryview of the whole blob, `size` bytes. body : the same without a tag. room : as much as fits.
    head : its metadata part. light, dark, white : its sums, `pixels` u32 each; `white` is empty where the board has no
    white tile. state : FREE, FILLING or WAITING. exposure_id, crc32 : of what it holds. kept : whether the same lies
    in flash.
    """

    def __init__(self, head_bytes, pixels, white=False):
        pad = -head_bytes % 4
        light_at = pad + head_bytes
        dark_at = light_at + 4 * pixels
        white_at = dark_at + 4 * pixels
        end = white_at + (4 * pixels if white else 0)
        view = memoryview(bytearray(end + TAG_BYTES))
        self.room = view[pad:]
        self.blob = self.body = view[pad:end]
        self.head = view[pad:light_at]
        self.sums = view[light_at:end]
        self.light = view[light_at:dark_at]
        self.dark = view[dark_at:white_at]
        self.white = view[white_at:end]
        self.size = len(self.body)
        self.state = FREE
        self.exposure_id = 0
        self.crc32 = 0
        self.kept = False

    def hold(self, exposure_id, blob, crc32):
        """It has a finished blob, which lies in `room`."""
        self.exposure_id = exposure_id
        self.blob = blob
        self.size = len(blob)
        self.crc32 = crc32


NOTHING = Slot(0, 0)
"""The slot of those who hold none: id 0, size 0."""


class Ring:
    """A few slots, oldest first.

    Attributes
    ----------
    room_bytes : most bytes of a blob.
    """

    def __init__(self, slots, head_bytes, pixels, white=False):
        self._slots = [Slot(head_bytes, pixels, white) for _ in range(slots)]
        self.room_bytes = len(self._slots[0].room)

    def take(self, exposure_id, zeros):
        """A free slot, now FILLING with its sums at zero; the caller has seen that not all are taken.

        `zeros` is any buffer of zeros.
        """
        for slot in self._slots:
            if slot.state == FREE:
                slot.state = FILLING
                slot.exposure_id = exposure_id
                slot.kept = False
                clear(slot.sums, zeros)
                return slot
        raise RuntimeError("no slot is free: ask full() first")

    def full(self):
        """Whether no slot is free."""
        return all(slot.state != FREE for slot in self._slots)

    def finish(self, slot, tag=b""):
        """The blob is complete but for its tag: it waits for the host."""
        end = len(slot.body) + len(tag)
        slot.room[len(slot.body) : end] = tag
        blob = slot.room[:end]
        slot.hold(slot.exposure_id, blob, binascii.crc32(blob))
        slot.state = WAITING

    def stage(self, store, exposure_id):
        """A copy of an exposure in flash, waiting here too; NOTHING when it is not there or no slot is free."""
        for slot in self._slots:
            if slot.state == FREE:
                if not store.load(exposure_id, slot):
                    return NOTHING
                slot.kept = True
                slot.state = WAITING
                return slot
        return NOTHING

    def move(self, store):
        """Into flash with all that waits, as far as there is room. Call with the light off only."""
        for slot in self._slots:
            if slot.state == WAITING and (slot.kept or store.keep(slot)):
                slot.state = FREE

    def release(self, slot):
        """Its content is not wanted any more."""
        slot.state = FREE

    def find(self, exposure_id):
        """The waiting slot of that id, else NOTHING."""
        for slot in self._slots:
            if slot.state == WAITING and slot.exposure_id == exposure_id:
                return slot
        return NOTHING

    def pending(self):
        """How many wait here and nowhere else."""
        return sum(slot.state == WAITING and not slot.kept for slot in self._slots)

    def oldest(self):
        """The waiting slot with the lowest id, else NOTHING."""
        found = NOTHING
        for slot in self._slots:
            if slot.state == WAITING and (found is NOTHING or slot.exposure_id < found.exposure_id):
                found = slot
        return found


def clear(view, zeros):
    """Set all bytes of `view` to those of `zeros`, piece by piece."""
    n = len(zeros)
    for at in range(0, len(view), n):
        end = min(at + n, len(view))
        view[at:end] = zeros[: end - at]
