"""Handlers of AUTH, PROVISION, MAINTAIN and JOURNAL: who may, and what was lost or refused."""

from quayscan_wire import faults, kinds, messages
from quayscan_wire.auth import JOURNAL_STANDALONE, JOURNAL_STORE
from quayscan_wire.states import JOB_IDLE

from .refusal import Refused, expect_empty

_NO_KEY = bytes(32)


class TrustRequests:
    """What a session does beside measuring.

    Attributes
    ----------
    leaving : whether MAINTAIN was granted: the program is to end once its answer is out.
    standalone_end : how the last measurement without a host ended, as JOURNAL tells.
    """

    def __init__(self, board, guard, ring, exposure, trust, store):
        self._flash = board.flash
        self._guard = guard
        self._ring = ring
        self._exposure = exposure
        self._trust = trust
        self._store = store
        self.standalone_end = 0
        self.leaving = False

    def handlers(self):
        """Handler by kind."""
        return {
            kinds.AUTH: self.auth,
            kinds.PROVISION: self.provision,
            kinds.MAINTAIN: self.maintain,
            kinds.JOURNAL: self.journal,
        }

    def auth(self, seq, payload):
        """The host's proof for the device's."""
        asked = messages.unpack_auth(payload)
        if not self._trust.provisioned:
            raise Refused(faults.AUTH_FAILED, "this board has no key: provision it")
        proof = self._trust.prove(asked["proof"])
        if not proof:
            raise Refused(faults.AUTH_FAILED, "the proof is not that of this board's key over this session")
        return messages.pack_auth(proof)

    def provision(self, seq, payload):
        """Take a new key."""
        asked = messages.unpack_provision(payload)
        if asked["flags"] & ~messages.FLAG_STANDALONE or asked["key"] == _NO_KEY:
            raise Refused(faults.BAD_PAYLOAD, "flags %d or a key of zeros" % asked["flags"])
        if self._flash is None:
            raise Refused(faults.STORE_FULL, "this board has no flash to keep a key in")
        self._expect_idle("a new key")
        self._trust.provision(asked["key"], asked["flags"])
        self._guard.permit_standalone(self._trust.standalone)
        return messages.pack_state(self._guard.state)

    def maintain(self, seq, payload):
        """Erase the key and leave the program: whoever gets at the files does not get at the key."""
        expect_empty("MAINTAIN", payload)
        self._expect_idle("maintenance")
        self._trust.forget()
        self._guard.permit_standalone(False)
        self.leaving = True
        return messages.pack_state(self._guard.state)

    def journal(self, seq, payload):
        """Tell what lies in flash, what was lost, what was refused; forget the losses that the host has noted."""
        asked = messages.unpack_journal(payload)
        store = self._store
        lost = (store.lost, store.lost_sequence, store.lost_id)
        if store.lost and asked["noted"] == store.lost:
            self._expect_dark()
            store.settle()
        flags = (JOURNAL_STORE if store.present else 0) | (JOURNAL_STANDALONE if self._trust.standalone else 0)
        return messages.pack_journal_answer(
            flags,
            self._trust.refused,
            store.stored(),
            store.room(),
            lost[0],
            lost[1],
            lost[2],
            self.standalone_end,
        )

    def _expect_dark(self):
        if self._guard.lit or self._exposure.job != JOB_IDLE:
            raise Refused(faults.BUSY, "an exposure is running: wait for it, or ABORT")

    def _expect_idle(self, what):
        """Nothing runs, and nothing waits under the present key."""
        self._expect_dark()
        waiting = self._ring.pending() + self._store.stored()
        if waiting:
            raise Refused(faults.BUSY, "%d exposures wait: sync them before %s" % (waiting, what))
