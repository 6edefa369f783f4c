"""Finished exposures wait here until the host acknowledges them. All memory is taken once, at the start."""

import binascii

FREE = 0
FILLING = 1
WAITING = 2


class Slot:
    """Room for one blob. `light` and `dark` begin on a 4-byte boundary, so the blob itself may begin off one.

    Attributes
    ----------
    blob : memoryview of the whole blob. head : its metadata part. light, dark : its sums, `pixels` u32 each.
    state : FREE, FILLING or WAITING. exposure_id, crc32 : of what it holds.
    """

    def __init__(self, head_bytes, pixels):
        pad = -head_bytes % 4
        light_at = pad + head_bytes
        dark_at = light_at + 4 * pixels
        view = memoryview(bytearray(dark_at + 4 * pixels))
        self.blob = view[pad:]
        self.head = view[pad:light_at]
        self.sums = view[light_at:]
        self.light = view[light_at:dark_at]
        self.dark = view[dark_at:]
        self.size = len(self.blob)
        self.state = FREE
        self.exposure_id = 0
        self.crc32 = 0


NOTHING = Slot(0, 0)
"""The slot of those who hold none: id 0, size 0."""


class Ring:
    """A few slots, oldest first."""

    def __init__(self, slots, head_bytes, pixels):
        self._slots = [Slot(head_bytes, pixels) for _ in range(slots)]

    def take(self, exposure_id, zeros):
        """A free slot, now FILLING with its sums at zero; the caller has seen that not all are taken.

        `zeros` is any buffer of zeros.
        """
        for slot in self._slots:
            if slot.state == FREE:
                slot.state = FILLING
                slot.exposure_id = exposure_id
                clear(slot.sums, zeros)
                return slot
        raise RuntimeError("no slot is free: ask full() first")

    def full(self):
        """Whether no slot is free."""
        return all(slot.state != FREE for slot in self._slots)

    def finish(self, slot):
        """The blob is complete: it waits for the host."""
        slot.crc32 = binascii.crc32(slot.blob)
        slot.state = WAITING

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
        """How many wait."""
        return sum(slot.state == WAITING for slot in self._slots)

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
