"""The host of the machine: it asks, it may prove the key, and it keeps what it is given."""

import binascii
import struct

from plain_board import PIXELS, Board, Broken, PowerCut, frame_values
from watch import Watch

from quayscan_fw.program import Program
from quayscan_wire import blob, frame, kinds, messages, trust
from quayscan_wire.hmac_sha256 import HmacKey

SECRET = bytes(range(1, 33))
_BARE = (kinds.CHUNK, kinds.FAULT, kinds.HELLO | kinds.REPLY, kinds.AUTH | kinds.REPLY)


class Host:
    """Board, program and host in one process; every pass of the program is watched."""

    def __init__(self, ring):
        self.board = Board(ring)
        self.watch = Watch(self.board)
        self.session = None
        self.seq = self.count = 0
        self.sent = []
        self.last = (0, 0)
        self.delivered = set()
        self.finished = {}
        self.faults = []
        self.greeted = False
        self.power_up()

    def power_up(self):
        """Boot the program on what the flash holds."""
        self.board.hardware.power_up()
        self.board.flash.cut_after = -1
        self.board.link.inbox = self.board.link.outbox = b""
        self.reader = frame.FrameReader()
        self.session = None
        self.greeted = False
        self.watch.attending = self.watch.proved = False
        self.watch.beat = None
        self.board.flash.in_use = lambda: False
        self.program = Program(self.board)
        self.board.flash.in_use = lambda: self.program.exposure.job != 0
        self.watch.look()

    def tick(self):
        """One millisecond, one pass."""
        self.board.clock.now += 1
        before = len(self.board.hardware.frames)
        try:
            self.program.step()
        except PowerCut:
            self.power_up()
            return
        self._note_finished(before)
        self.watch.attending = self.program.guard.mode == blob.HOSTED
        self.watch.look()

    def _note_finished(self, before):
        """Remember which frames an exposure was made of, from the detector's own account."""
        exposure = self.program.exposure
        frames = len(self.board.hardware.frames)
        if frames > before and not exposure.job and exposure.last_end == 0 and exposure.total:
            self.finished[exposure.last_id] = (frames - exposure.total, exposure.total // 2)

    def ask(self, kind, payload=b"", sealed=True, seq=0):
        """One request; (kind, payload) of its answer, (0, b"") when none comes within 40 passes."""
        if not seq:
            self.seq = self.seq % 65535 + 1
            seq = self.seq
        if self.session is not None and sealed:
            self.count += 1
            payload = trust.seal(self.session, kind, seq, self.count, payload)
        data = frame.encode_frame(kind, seq, payload)
        self.sent.append(data)
        del self.sent[:-30]
        self.last = (kind, seq)
        self.board.link.inbox += data
        chunks = []
        for _ in range(40):
            self._before(kind, sealed)
            self.tick()
            for answer in self._answers():
                if answer[1] == seq and answer[0] == kinds.CHUNK:
                    chunks.append(messages.chunk_parts(answer[2]))
                elif answer[1] == seq:
                    return answer[0], (answer[2], chunks)
        return 0, (b"", chunks)

    def _before(self, kind, sealed):
        """A STATUS counts from the moment at which the program may take it, if this host may."""
        trusted = self.watch.proved and sealed if self.watch.provisioned else True
        if kind == kinds.STATUS and self.greeted and trusted:
            self.watch.heartbeat()

    def _answers(self):
        got, self.board.link.outbox = self.reader.feed(self.board.link.outbox), b""
        return [(kind, seq, self._open(kind, seq, payload)) for kind, seq, payload in got]

    def _open(self, kind, seq, payload):
        if kind == kinds.FAULT and seq == 0:
            self.faults.append(messages.unpack_fault(payload)["code"])
        if self.session is None or kind in _BARE:
            return payload
        return trust.unseal(self.session, kind, seq, payload)[0]

    def hello(self, secret=None):
        """HELLO, and AUTH when a secret is given; gives the kind of the last answer."""
        self.session = None
        self.watch.proved = False
        self.watch.beat = None
        nonce = struct.pack("<I", self.board.clock.now) + bytes(12)
        kind, (payload, _) = self.ask(kinds.HELLO, messages.pack_hello(1, nonce))
        if kind != kinds.HELLO | kinds.REPLY:
            return kind
        self.greeted = True
        answer = messages.unpack_hello_answer(payload)
        if secret is None:
            return kind
        challenge = trust.Challenge(HmacKey(secret), nonce, answer["nonce"], answer["uid"])
        kind, (payload, _) = self.ask(kinds.AUTH, messages.pack_auth(challenge.host_proof))
        if kind == kinds.AUTH | kinds.REPLY:
            if payload != challenge.device_proof or secret != SECRET:
                raise Broken("a wrong proof was taken")
            self.session, self.count, self.watch.proved = challenge.session, 0, True
        return kind

    def take(self):
        """Fetch, compare and acknowledge the exposure that waits; gives its id, 0 for none."""
        kind, (payload, _) = self.ask(kinds.STATUS)
        if kind != kinds.STATUS | kinds.REPLY:
            return 0
        status = messages.unpack_status_answer(payload)
        exposure_id = status["exposure_id"]
        if not exposure_id:
            return 0
        kind, (payload, chunks) = self.ask(kinds.FETCH, messages.pack_fetch(exposure_id, 0, b"\xff"))
        data = b"".join([data for _, _, data in chunks])
        if kind != kinds.FETCH | kinds.REPLY or len(data) != status["size"]:
            return 0
        if binascii.crc32(data) != status["crc32"]:
            raise Broken("exposure %d does not have its checksum" % exposure_id)
        self._compare(exposure_id, data)
        kind, _ = self.ask(kinds.ACK, messages.pack_ack(exposure_id))
        if kind == kinds.ACK | kinds.REPLY:
            if data in self.delivered:
                raise Broken("exposure %d came twice" % exposure_id)
            self.delivered.add(data)
        return exposure_id

    def _compare(self, exposure_id, data):
        fields, at = blob.unpack_metadata(data)
        if bool(fields["flags"] & blob.FLAG_AUTHENTICATED) != self.watch.provisioned:
            raise Broken("exposure %d says wrongly whether it has a tag" % exposure_id)
        if self.watch.provisioned and trust.exposure_tag(HmacKey(SECRET), data[:-32]) != data[-32:]:
            raise Broken("exposure %d does not have its tag" % exposure_id)
        if exposure_id not in self.finished:
            raise Broken("exposure %d was never measured" % exposure_id)
        first, averages = self.finished[exposure_id]
        sums = []
        for start in (first + averages, first):
            lit = self.board.hardware.frames[start : start + averages]
            frames = [frame_values(start + n, lit[n]) for n in range(averages)]
            sums += [sum(values) for values in zip(*frames)]  # noqa: B905 (MicroPython's zip has no strict)
        if struct.pack("<%dI" % (2 * PIXELS), *sums) != data[at : at + 8 * PIXELS]:
            raise Broken("exposure %d is not what the detector saw" % exposure_id)
