"""The session with the host: one handler a message kind, each parse -> check -> act -> reply.

On a board with a key, an unproved host may only look: `OPEN_KINDS`. Once a host has proved the key, every request but
`BARE_KINDS` is sealed; one that is not, or was altered, replayed or reordered, is dropped and counted.
"""

from quayscan_wire import PROTOCOL_VERSION, faults, frame, kinds, messages
from quayscan_wire.hello import FLAG_PROVISIONED, NONCE_BYTES
from quayscan_wire.states import JOB_IDLE

from .auto_exposure import FIXED, AutoExposure
from .fetch import Fetch
from .hand_over import HandOver
from .refusal import Refused, expect_empty
from .scan_request import parse_measure, parse_scan
from .trust_requests import TrustRequests

FEW_CHUNKS = 4
"""Chunks between two looks at the inputs while the light is on or about to be; as many as one write takes."""

DARK_MS = 5
"""How long chunks may go out between two looks at the inputs while the light is off."""

BARE_KINDS = (kinds.HELLO, kinds.AUTH)
OPEN_KINDS = (kinds.HELLO, kinds.AUTH, kinds.STATUS, kinds.FETCH, kinds.ABORT)

_LONG_MS = 1 << 20


class Session:
    """Answers requests, one a step; repeats of the last one get its answer again."""

    def __init__(self, board, guard, ring, exposure, sender, identity, trust, store, screen):
        self._board = board
        self._guard = guard
        self._exposure = exposure
        self._sender = sender
        self._identity = identity
        self._trust = trust
        self.requests = TrustRequests(board, guard, ring, exposure, trust, store)
        self.hand_over = HandOver(ring, exposure, store, Fetch(sender, self._reply))
        self._fetch = self.hand_over.fetch
        self._reader = frame.FrameReader()
        self._requests = []
        self._heard = 0
        self._silent = True
        self._open = False
        self._greeting = b""
        self._nonce = bytes(16)
        self._last = (0, 0)
        self._answer = (0, b"")
        self._handlers = {
            kinds.HELLO: self._hello,
            kinds.STATUS: self._status,
            kinds.SCAN: self._scan,
            kinds.MEASURE: self._measure,
            kinds.FETCH: self.hand_over.start_fetch,
            kinds.ACK: self.hand_over.ack,
            kinds.ABORT: self._abort,
            kinds.CLEAR: self._clear,
        }
        self._handlers.update(self.requests.handlers())
        self._handlers.update(screen.handlers())

    def step(self):
        """Read, answer one request, send a few chunks, write."""
        if not self._requests:
            data = self._board.link.read()
            if data:
                self._requests = self._reader.feed(data)
        if self._requests and self._sender.ready():
            self._take(*self._requests.pop(0))
        if self._fetch.active:
            self._send_chunks()
        return self._sender.flush()

    def busy(self):
        """Whether the next step has something to do already."""
        return bool(self._requests) or self._fetch.active

    def silent_ms(self):
        """For how long no request has come; very long when none ever did, or since a long while."""
        if not self._silent:
            clock = self._board.clock
            elapsed = clock.diff(clock.ms(), self._heard)
            self._silent = elapsed >= _LONG_MS  # before the clock wraps
            return elapsed
        return _LONG_MS

    def report(self, code, text):
        """Tell the host about a fault that it did not ask for; left out when the way is full."""
        if self._sender.ready():
            payload = messages.pack_fault(0, code, self._guard.state, text)
            self._sender.add(kinds.FAULT, 0, payload[: self._sender.answer_bytes])

    def _send_chunks(self):
        clock = self._board.clock
        start = clock.ms()
        self._fetch.step(FEW_CHUNKS)
        while self._fetch.active and not self._guard.lit and clock.diff(clock.ms(), start) < DARK_MS:
            if not self._sender.flush():
                return
            self._fetch.step(FEW_CHUNKS)

    def _take(self, kind, seq, payload):
        payload = self._unsealed(kind, seq, payload)
        if payload is None:
            return
        self._silent, self._heard = False, self._board.clock.ms()
        if kind == kinds.STATUS and self._trust.satisfied:
            self._guard.heartbeat()
        if not self._repeats(kind, seq, payload):
            try:
                answer = self._handle(kind, seq, payload)
                if answer is None:  # FETCH answers after its chunks
                    return
                self._answer = (kind | kinds.REPLY, answer)
            except Refused as refused:
                state = self._guard.state
                self._answer = (kinds.FAULT, messages.pack_fault(kind, refused.code, state, refused.text))
            self._last = (kind, seq)
        self._reply(self._answer[0], seq, self._answer[1])

    def _unsealed(self, kind, seq, payload):
        """The request's payload, None when it does not belong to this session."""
        trust = self._trust
        if not trust.authenticated or kind == kinds.HELLO:
            return payload
        if kind != kinds.AUTH:
            return trust.unseal(kind, seq, payload)
        return payload if self._repeats(kind, seq, payload) else trust.refuse()

    def _repeats(self, kind, seq, payload):
        """Whether it is the last request once more, whose answer the host did not get. FETCH is simply done again."""
        if (kind, seq) != self._last or kind == kinds.FETCH:
            return False
        return kind != kinds.HELLO or payload == self._greeting

    def _reply(self, kind, seq, payload):
        """Queue an answer, sealed in a session that seals. FAULT, which can only stop, never is."""
        if self._trust.authenticated and kind != kinds.FAULT and kind & ~kinds.REPLY not in BARE_KINDS:
            payload = self._trust.seal(kind, seq, payload)
        self._sender.add(kind, seq, payload)

    def _handle(self, kind, seq, payload):
        handler = self._handlers.get(kind)
        if handler is None:
            raise Refused(faults.UNKNOWN_KIND, "kind 0x%02x is not known here" % kind)
        if not self._open and kind != kinds.HELLO:
            raise Refused(faults.NO_SESSION, "no session is open: send HELLO, version %d" % PROTOCOL_VERSION)
        if not self._trust.satisfied and kind not in OPEN_KINDS:
            raise Refused(faults.AUTH_REQUIRED, "this board has a key: prove it with AUTH first")
        try:
            return handler(seq, payload)
        except ValueError as error:
            raise Refused(faults.BAD_PAYLOAD, str(error))

    def _hello(self, seq, payload):
        asked = messages.unpack_hello(payload)
        self._exposure.end(faults.ABORTED)
        self._guard.abort()
        self._guard.forget_heartbeat()
        self._fetch.cancel()
        self._reader.damaged = 0
        self._open = asked["version"] == PROTOCOL_VERSION
        self._greeting = payload
        self._nonce = self._board.random(NONCE_BYTES)
        self._trust.begin(asked["nonce"], self._nonce)
        me = self._identity
        return messages.pack_hello_answer(
            PROTOCOL_VERSION,
            self._nonce,
            me["uid"],
            me["pixels"],
            FLAG_PROVISIONED if self._trust.provisioned else 0,
            me["board"],
            me["firmware"],
            me["implementation"],
            me["implementation_version"],
        )

    def _status(self, seq, payload):
        expect_empty("STATUS", payload)
        self._guard.poll()  # what is told is fresh, and knows of this very heartbeat
        guard, exposure, reading = self._guard, self._exposure, self._guard.reading
        following = self.hand_over.following()
        return messages.pack_status_answer(
            guard.state,
            guard.fault,
            guard.input_bits(),
            exposure.job,
            exposure.done,
            exposure.total,
            reading.detector_temp,
            reading.light_temp,
            self._board.clock.uptime_ms(),
            min(self._reader.damaged, 0xFFFF),
            self.hand_over.pending(),
            following.exposure_id,
            following.size,
            following.crc32,
            exposure.last_id,
            exposure.last_end,
        )

    def _scan(self, seq, payload):
        return self._begin(parse_scan(payload, self._board.config), 0, FIXED)

    def _measure(self, seq, payload):
        config = self._board.config
        asked = parse_measure(payload, config)
        auto = FIXED
        if asked["target"]:
            limits = (asked["budget_ms"], asked["exposure_us"], asked["averages"])
            auto = AutoExposure(config, asked["light_power"], asked["target"], *limits)
        return self._begin(asked, asked["delay_ms"], auto)

    def _begin(self, asked, delay_ms, auto):
        if self._exposure.job != JOB_IDLE:
            raise Refused(faults.BUSY, "an exposure is running: wait for it, or ABORT")
        self.hand_over.make_room()
        light_off = asked["flags"] & messages.FLAG_LIGHT_OFF
        code = self._guard.fault if light_off else self._guard.refusal()
        if code:
            raise Refused(code, "no light: " + faults.name(code))
        self._guard.heartbeat()
        exposure_id = self._exposure.begin(
            self._nonce,
            asked["exposure_us"],
            asked["averages"],
            asked["light_power"],
            light_off,
            delay_ms=delay_ms,
            auto=auto,
        )
        return messages.pack_scan_answer(exposure_id)

    def _abort(self, seq, payload):
        expect_empty("ABORT", payload)
        self._guard.abort()
        self._exposure.end(faults.ABORTED)
        return messages.pack_state(self._guard.state)

    def _clear(self, seq, payload):
        expect_empty("CLEAR", payload)
        self._guard.clear()
        return messages.pack_state(self._guard.state)
