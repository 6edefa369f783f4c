"""Measuring without a host: a press of the trigger begins, holding it goes on, letting go ends it, light off."""

from quayscan_wire import faults
from quayscan_wire.blob import HOSTED, STANDALONE
from quayscan_wire.states import INPUT_TRIGGER, JOB_IDLE

from .keeping import ALONE_MS
from .refusal import Refused
from .scan_request import most_averages


class Standalone:
    """The operator's hand in place of a host.

    A press that finds a latched fault clears it, if its cause is gone: letting go and pressing anew is what re-arms.
    """

    def __init__(self, board, guard, exposure, session, trust, screen):
        self._config = board.config
        self._guard = guard
        self._exposure = exposure
        self._session = session
        self._trust = trust
        self._screen = screen
        self._nonce = board.random(16)
        self._held = True  # as if: what is held at power-up must be let go first
        self._running = False

    def step(self):
        """Watch the trigger."""
        held = bool(self._guard.reading.flags & INPUT_TRIGGER)
        pressed = held and not self._held
        self._held = held
        if self._running:
            self._watch(held)
        elif pressed and self._alone():
            self._begin()

    def _alone(self):
        """Whether nobody else uses the device, and it may be used so."""
        return self._trust.standalone and self._session.silent_ms() >= ALONE_MS and self._exposure.job == JOB_IDLE

    def _begin(self):
        guard, config = self._guard, self._config
        if guard.fault:
            guard.clear()
        guard.use(STANDALONE)
        code = guard.refusal() or self._no_room()
        if code:
            self._screen.no_result(code)
            return self._end(code)
        averages = min(config.averages, most_averages(config, config.exposure_us, config.standalone_max_on_ms))
        self._exposure.begin(self._nonce, config.exposure_us, averages, config.default_power, False, mode=STANDALONE)
        self._running = True

    def _no_room(self):
        """Why an exposure would find no room, 0 when it does."""
        try:
            self._session.hand_over.make_room()
        except Refused as refused:
            return refused.code
        return 0

    def _watch(self, held):
        """While it runs: the guard sees a released trigger once a light is on; before that, this does."""
        if self._exposure.job == JOB_IDLE:
            self._end(self._exposure.last_end)
        elif not held and not self._guard.lit:
            self._exposure.end(faults.TRIGGER_RELEASED)

    def _end(self, code):
        self._running = False
        self._session.requests.standalone_end = code
        self._guard.use(HOSTED)
