"""Exposures in flash, one a slot, in a ring of slots: what power cuts leave of it is always known.

    slot = head page | blob, padded to pages        a whole number of sectors; sector 0 of the flash has the key
    head = state u8 | sequence u32 | exposure_id u32 | size u32 | crc32 u32 (of the blob) | crc32 u32 (of these 16)

The first byte is the state: 0xFF blank, "Q" kept, 0x00 spent. Flash can clear bits only, so spending one is writing
0x00 over it. The head goes first: a slot in state "Q" whose head or blob fails its CRC is the exposure that was being
written when the power failed, and its sequence is the next one after the highest. The slot that comes next is
erased ahead of time, and never the one with the highest sequence. Nothing is ever overwritten.
"""

import binascii
import struct

from .key_record import PAGE, SECTOR

BLANK = 0xFF
KEPT = 0x51
SPENT = 0x00
LOST = 1
"""State of a slot in memory only: what was being written to it is lost, and the host does not know yet."""

_HEAD = "<IIII"
_HEAD_BYTES = struct.calcsize(_HEAD)
_FILL = b"\xff" * PAGE
_TRIES = 2


class Store:
    """The exposures in `flash` (board.py); `flash` None is a store without room.

    Only states are held in memory: heads are read when they are needed, with the light off.

    Attributes
    ----------
    present : whether there is flash. highest_id : the highest exposure id that it remembers.
    """

    def __init__(self, flash, blob_bytes):
        self._flash = flash
        self._page = memoryview(bytearray(PAGE))
        self._bytes = -(-(PAGE + blob_bytes) // SECTOR) * SECTOR
        slots = 0 if flash is None else (flash.size - SECTOR) // self._bytes
        self.present = slots > 1  # one slot always remembers the highest sequence
        self._states = bytearray(slots if self.present else 0)
        self._next = self._sequence = self.highest_id = 0
        self._ready = False
        self._recover()

    def stored(self):
        """How many exposures lie here."""
        return sum(state == KEPT for state in self._states)

    def room(self):
        """How many more fit: slots from the next on until the first that is not free."""
        n, slots = 0, len(self._states)
        while n < slots and self._states[(self._next + n) % slots] not in (KEPT, LOST):
            n += 1
        return n

    def losses(self):
        """What power cuts took and `settle` was not told of: (how many, sequence and exposure id of the last).

        The id is 0 when the cut came before it was written.
        """
        lost = self._with(LOST)
        if not lost:
            return 0, 0, 0
        sequence, exposure_id, _, _ = self._head(lost[-1])
        return len(lost), sequence or self._sequence, exposure_id

    def settle(self):
        """The host knows of the losses: their slots are free again."""
        for index in self._with(LOST):
            self._spend(index)

    def prepare(self):
        """Erase the next slot ahead of time. Call with the light off only."""
        if not self._ready and self.room():
            at = self._at(self._next)
            for sector in range(at, at + self._bytes, SECTOR):
                self._flash.erase(sector)
            self._states[self._next] = BLANK
            self._ready = True

    def keep(self, slot):
        """Write a finished exposure of the ring; gives whether it lies there now. Call with the light off only."""
        for _ in range(min(self.room(), _TRIES)):
            self.prepare()
            index = self._next
            self._sequence += 1
            self._write(self._at(index), slot)
            self._next = (index + 1) % len(self._states)
            self._ready = False
            if self._crc(self._at(index), slot.size) == slot.crc32:
                self._states[index] = KEPT
                return True
            self._spend(index)  # a worn sector: the next slot gets it
        return False

    def oldest(self):
        """Id of the exposure that lies here longest, 0 for none."""
        kept = self._with(KEPT)
        return self._head(kept[0])[1] if kept else 0

    def load(self, exposure_id, slot):
        """Copy an exposure into a slot of the ring; gives whether it was here and whole."""
        index = self._find(exposure_id)
        if index < 0:
            return False
        _, _, size, crc = self._head(index)
        view = slot.room[:size]
        self._flash.read_into(self._at(index) + PAGE, view)
        slot.hold(exposure_id, view, crc)
        return len(view) == size and binascii.crc32(view) == crc

    def release(self, exposure_id):
        """The host has it; gives whether it was here. Call with the light off only."""
        index = self._find(exposure_id)
        if index < 0:
            return False
        self._spend(index)
        return True

    def _at(self, index):
        return SECTOR + index * self._bytes

    def _with(self, state):
        """The slots in a state, in the order in which they were written."""
        slots = len(self._states)
        order = [(self._next + n) % slots for n in range(slots)]
        return [index for index in order if self._states[index] == state]

    def _find(self, exposure_id):
        for index in self._with(KEPT):
            if self._head(index)[1] == exposure_id:
                return index
        return -1

    def _head(self, index):
        """(sequence, exposure id, size, CRC-32) as the head says, zeros when it is none; its page is in `_page`."""
        self._flash.read_into(self._at(index), self._page)
        head = bytes(self._page[1 : 1 + _HEAD_BYTES])
        known = binascii.crc32(head) == struct.unpack_from("<I", self._page, 1 + _HEAD_BYTES)[0]
        return struct.unpack(_HEAD, head) if known else (0, 0, 0, 0)

    def _spend(self, index):
        self._flash.write(self._at(index), b"\x00" + _FILL[1:])
        self._states[index] = SPENT

    def _write(self, at, slot):
        head = struct.pack(_HEAD, self._sequence, slot.exposure_id, slot.size, slot.crc32)
        head = bytes((KEPT,)) + head + struct.pack("<I", binascii.crc32(head))
        self._flash.write(at, head + _FILL[len(head) :])
        for start in range(0, slot.size, PAGE):
            data = slot.blob[start : start + PAGE]
            if len(data) < PAGE:
                data = bytes(data) + _FILL[len(data) :]
            at += PAGE
            self._flash.write(at, data)

    def _crc(self, at, size):
        """CRC-32 of the blob behind the head at `at`."""
        crc = 0
        for start in range(0, size, PAGE):
            view = self._page[: min(PAGE, size - start)]
            at += PAGE
            self._flash.read_into(at, view)
            crc = binascii.crc32(view, crc)
        return crc

    def _recover(self):
        """Read all heads: what is kept, what was lost, which slot comes next."""
        slots = len(self._states)
        for index in range(slots):
            sequence, exposure_id, size, crc = self._head(index)
            self._states[index] = self._judge(self._page[0], index, size, crc)
            self.highest_id = max(self.highest_id, exposure_id)
            if sequence > self._sequence:
                self._sequence, self._next = sequence, (index + 1) % slots
        for _ in range(slots):  # a head that the cut went through took the next sequence
            if self._states[self._next] != LOST or self._head(self._next)[0]:
                break
            self._sequence, self._next = self._sequence + 1, (self._next + 1) % slots
        self._ready = self.room() > 0 and self._is_blank(self._at(self._next))

    def _judge(self, state, index, size, crc):
        if state != KEPT:
            return SPENT
        whole = size and size <= self._bytes - PAGE and self._crc(self._at(index), size) == crc
        return KEPT if whole else LOST

    def _is_blank(self, at):
        for page in range(at, at + self._bytes, PAGE):
            self._flash.read_into(page, self._page)
            if self._page != _FILL:
                return False
        return True
