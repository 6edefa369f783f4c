"""A host that knows the key of a board of plain objects, and what an attacker on its cable can do."""

from fake_board import Host

from quayscan_wire import frame, kinds, messages, trust
from quayscan_wire.hmac_sha256 import HmacKey

KEY = bytes(range(100, 132))
UID = bytes(range(8))
BARE = (kinds.CHUNK, kinds.FAULT, kinds.HELLO | kinds.REPLY, kinds.AUTH | kinds.REPLY)


class TrustedHost(Host):
    """Provisions the board at once. After `prove`, requests are sealed and answers opened."""

    def __init__(self, *, flags=messages.FLAG_STANDALONE, **changes):
        super().__init__(**changes)
        self.session = None
        self.count = 0
        self.sent = []
        Host.hello(self)
        kind, payload = self.ask(kinds.PROVISION, messages.pack_provision(KEY, flags))
        assert kind == kinds.PROVISION | kinds.REPLY, payload

    def prove(self, key=KEY, nonce=bytes(16)):
        """HELLO and AUTH; gives the answer to AUTH: (kind, payload)."""
        self.session = None
        answer = messages.unpack_hello_answer(self.ask(kinds.HELLO, messages.pack_hello(1, nonce))[1])
        challenge = trust.Challenge(HmacKey(key), nonce, answer["nonce"], answer["uid"])
        kind, payload = self.ask(kinds.AUTH, messages.pack_auth(challenge.host_proof))
        if kind == kinds.AUTH | kinds.REPLY:
            assert payload == challenge.device_proof
            self.session, self.count = challenge.session, 0
        return kind, payload

    def hello(self):
        """A session with the key proved."""
        assert self.prove()[0] == kinds.AUTH | kinds.REPLY

    def send(self, kind, payload=b"", seq=None):
        if self.session is not None:
            if seq is None:
                self.seq += 1
                seq = self.seq
            self.count += 1
            payload = trust.seal(self.session, kind, seq, self.count, payload)
        self.sent.append(frame.encode_frame(kind, self.seq + 1 if seq is None else seq, payload))
        return super().send(kind, payload, seq)

    def replies(self):
        return [self._opened(*each) for each in super().replies()]

    def _opened(self, kind, seq, payload):
        if self.session is None or kind in BARE:
            return kind, seq, payload
        return kind, seq, trust.unseal(self.session, kind, seq, payload)[0]

    def journal(self, noted=0):
        return messages.unpack_journal_answer(self.ask(kinds.JOURNAL, messages.pack_journal(noted))[1])

    def inject(self, data):
        """Bytes that the host did not send."""
        self.board.link.inbox += data
        for _ in range(3 + len(data) // 256):
            self.board.clock.now += 1
            self.program.step()
