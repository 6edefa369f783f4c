"""Handing exposures to the host: which comes next, FETCH, ACK, and room for one more."""

from quayscan_wire import faults, messages
from quayscan_wire.states import JOB_IDLE

from .refusal import Refused
from .ring import NOTHING


class HandOver:
    """Those in memory first, then those in flash, oldest first. Flash is left alone while an exposure runs."""

    def __init__(self, ring, exposure, store, fetch):
        self._ring = ring
        self._exposure = exposure
        self._store = store
        self.fetch = fetch

    def pending(self):
        """How many wait, as far as a byte can tell."""
        return min(self._ring.pending() + self._store.stored(), 0xFF)

    def following(self):
        """The slot of the exposure that the host should take next; those in flash are brought in."""
        slot = self._ring.oldest()
        if slot is NOTHING and self._idle() and self._store.stored():
            slot = self._ring.stage(self._store, self._store.oldest())
        return slot

    def make_room(self):
        """See to it that an exposure finds room, in memory now and in flash later."""
        if self._store.present and not self._store.room():
            raise Refused(faults.STORE_FULL, "%d exposures fill the flash: sync them" % self._store.stored())
        if self._ring.full():
            self.fetch.cancel()
            self._ring.move(self._store)
        if self._ring.full():
            raise Refused(faults.RING_FULL, "%d exposures wait: FETCH and ACK them" % self._ring.pending())

    def start_fetch(self, seq, payload):
        """FETCH: its answer comes after its chunks."""
        asked = messages.unpack_fetch(payload)
        slot = self._ring.find(asked["exposure_id"])
        if slot is NOTHING and self._idle():
            slot = self._ring.stage(self._store, asked["exposure_id"])
        if slot is NOTHING:
            raise _missing(asked["exposure_id"])
        self.fetch.start(slot, seq, asked["first"], asked["bitmap"])

    def ack(self, seq, payload):
        """ACK: forget an exposure, in flash first."""
        exposure_id = messages.unpack_ack(payload)["exposure_id"]
        slot = self._ring.find(exposure_id)
        if slot is NOTHING or slot.kept:
            if not self._idle():
                raise Refused(faults.BUSY, "an exposure is running and flash is left alone: wait for it, or ABORT")
            if not self._store.release(exposure_id):
                raise _missing(exposure_id)
        self.fetch.cancel()
        if slot is not NOTHING:
            self._ring.release(slot)
        return messages.pack_ack_answer(exposure_id, self.pending())

    def _idle(self):
        return self._exposure.job == JOB_IDLE


def _missing(exposure_id):
    return Refused(faults.NO_SUCH_EXPOSURE, "exposure %d does not wait here" % exposure_id)
