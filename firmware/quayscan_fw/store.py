"""Exposures in flash, one a slot, in a ring of slots: what power cuts leave of it is always known.

    slot = head page | blob, padded to pages        a whole number of sectors; sector 0 of the flash has the key
    head = state u8 | sequence u32 | exposure_id u32 | size u32 | crc32 u32 (of the blob) | crc32 u32 (of these 16)

The first byte is the state: 0xFF blank, "Q" kept, 0x00 spent. Flash can clear bits only, so spending one is writing
0x00 over it. The head goes first: a slot in state "Q" whose head or blob fails its CRC is the exposure that was being
written when the power failed, and its sequence is the next one after the highest. Slots are
written in turn; the next one is erased ahead of time, and the one with the highest sequence stays as it is. Nothing is
ever overwritten.
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
    lost : exposures that power cuts took and `settle` was not told of; lost_sequence and lost_id : the last of them,
    its id 0 when the cut came before that was written.
    """

    def __init__(self, flash, blob_bytes):
        self._flash = flash
        self._page = memoryview(bytearray(PAGE))
        self._bytes = -(-(PAGE + blob_bytes) // SECTOR) * SECTOR
        slots = 0 if flash is None else (flash.size - SECTOR) // self._bytes
        self.present = slots > 1  # one slot always remembers the highest sequence
        self._states = bytearray(slots if self.present else 0)
        self._last = -1
        self._due = True
        self._sequence = self.highest_id = 0
        self.lost = self.lost_sequence = self.lost_id = 0
        self._recover()

    def stored(self):
        """How many exposures lie here."""
        return sum(state == KEPT for state in self._states)

    def room(self):
        """How many more fit, at least."""
        return len(self._free())

    def settle(self):
        """The host knows of the losses: their slots are free again. Call with the light off only."""
        for index in self._with(LOST):
            self._spend(index)
        self.lost = self.lost_sequence = self.lost_id = 0

    def prepare(self):
        """Erase the next slot ahead of time. Call with the light off only."""
        if not self._due:
            return
        self._due = False
        free = self._free()
        if free and self._states[free[0]] != BLANK:
            for at in range(self._at(free[0]), self._at(free[0]) + self._bytes, SECTOR):
                self._flash.erase(at)
            self._states[free[0]] = BLANK

    def keep(self, slot):
        """Write a finished exposure of the ring; gives whether it lies there now. Call with the light off only."""
        for _ in range(_TRIES):
            free = self._free()
            if not free:
                break
            self.prepare()
            self._last, self._sequence = free[0], self._sequence + 1
            self._write(self._at(self._last), slot)
            self._states[self._last] = KEPT
            self._due = True
            if self._crc(self._at(self._last), slot.size) == slot.crc32:
                return True
            self._spend(self._last)  # a worn sector: the next slot gets it
        return False

    def oldest(self):
        """Id of the exposure that lies here longest, 0 for none."""
        heads = [self._head(index) for index in self._with(KEPT)]
        return min(heads)[1] if heads else 0

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

    def _order(self):
        """All slots, the one after the last written first."""
        slots = len(self._states)
        return [(self._last + 1 + n) % slots for n in range(slots)]

    def _with(self, state):
        """The slots in a state."""
        return [index for index in self._order() if self._states[index] == state]

    def _free(self):
        """The slots that may be written, in turn; never the last written, which remembers the highest sequence."""
        order = self._order()
        return [index for index in order if self._states[index] in (BLANK, SPENT) and index != self._last]

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
        self._due = True

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
        """Read all heads: what is kept, what was lost, which slot was written last."""
        for index in range(len(self._states)):
            sequence, exposure_id, size, crc = self._head(index)
            self._states[index] = self._judge(self._page[0], index, size, crc)
            self.highest_id = max(self.highest_id, exposure_id)
            if sequence > self._sequence:
                self._sequence, self._last = sequence, index
        for index in self._with(LOST):
            sequence, self.lost_id, _, _ = self._head(index)
            if not sequence:  # the cut went through the head, which had the next sequence
                self._sequence, self._last = self._sequence + 1, index
            self.lost, self.lost_sequence = self.lost + 1, sequence or self._sequence
        if self._free() and self._is_blank(self._at(self._free()[0])):
            self._states[self._free()[0]] = BLANK

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
