"""The device's side of trust: its key, this session's challenge, seals of frames, tags of exposures."""

from quayscan_wire import trust as wire
from quayscan_wire.hmac_sha256 import HmacKey, same
from quayscan_wire.messages import FLAG_STANDALONE

from . import key_record

_MOST = 0xFFFF


class Trust:
    """Holds the key, which no method gives out.

    Attributes
    ----------
    provisioned : whether there is a key. standalone : whether the board may measure without a host.
    authenticated : whether this session's host has proved the key. refused : frames that failed their seal, and
    proofs that were wrong, since power-up.
    """

    def __init__(self, flash, uid):
        self._flash = flash
        self._uid = uid
        self._challenge = None
        self._count = 0
        self.authenticated = False
        self.refused = 0
        self._load()

    @property
    def satisfied(self):
        """Whether the host may use light and change what is kept: it proved the key, or there is none to prove."""
        return self.authenticated or not self.provisioned

    def begin(self, host_nonce, device_nonce):
        """A new session: nobody has proved anything."""
        self.authenticated = False
        self._count = 0
        self._challenge = None
        if self.provisioned:
            self._challenge = wire.Challenge(self._key, host_nonce, device_nonce, self._uid)

    def prove(self, proof):
        """This device's proof in exchange for the host's, b"" when that is wrong."""
        if self._challenge is None or not same(self._challenge.host_proof, proof):
            self.refuse()
            return b""
        self.authenticated = True
        return self._challenge.device_proof

    def unseal(self, kind, seq, sealed):
        """The payload of a sealed request; None, and counted, when it was altered, replayed or reordered."""
        try:
            payload, count = wire.unseal(self._session(), kind, seq, sealed)
        except ValueError:
            return self.refuse()
        if count <= self._count:
            return self.refuse()
        self._count = count
        return payload

    def seal(self, kind, seq, payload):
        """An answer, sealed under the count of the last request."""
        return wire.seal(self._session(), kind, seq, self._count, payload)

    def tag(self, blob):
        """What follows a finished exposure: its tag, b"" without a key."""
        return wire.exposure_tag(self._key, blob) if self.provisioned else b""

    def provision(self, key, flags):
        """Take a key, in flash first. The running session keeps its seals until the next HELLO."""
        key_record.write_key(self._flash, key, flags)
        self._load()

    def forget(self):
        """Erase the key, in flash first."""
        if self._flash is not None:
            key_record.erase_key(self._flash)
        self._load()

    def _load(self):
        key, flags = key_record.read_key(self._flash) if self._flash is not None else (b"", 0)
        self.provisioned = bool(key)
        self.standalone = bool(key) and bool(flags & FLAG_STANDALONE)
        self._key = HmacKey(key)

    def _session(self):
        """What this session's seals are made with."""
        if self._challenge is None:
            raise RuntimeError("nothing is sealed before HELLO, and never without a key")
        return self._challenge.session

    def refuse(self):
        """Count what was refused."""
        self.refused = min(self.refused + 1, _MOST)
