"""What goes before an exposure: a countdown with the light off, and frames that find the exposure.

IDLE --begin--> DELAY --time--> DARK --two frames--> WARNING --EMITTING--> SETTLE --light has its power-->
    LIT --frame, light off--> WARNING ... IDLE

Each frame with light is an emission of its own, with its own warning: what it showed is judged while the light is off.
"""

from array import array

from quayscan_wire import faults
from quayscan_wire.measure import PROBES
from quayscan_wire.states import EMITTING, JOB_DELAY, JOB_IDLE, JOB_PROBE

from .auto_exposure import FIXED
from .survey import PEAK, TOTAL, survey

DETECTOR_MARGIN_MS = 2000
"""How long after its integration time a frame may come before the detector counts as failed."""

TENTH_MS = 100
"""STATUS tells a countdown in tenths of a second."""

_IDLE = 0
_DELAY = 1
_DARK = 2
_WARNING = 3
_SETTLE = 4
_LIT = 5


class LeadIn:
    """The countdown and the search before an exposure.

    Attributes
    ----------
    auto : the `AutoExposure` of the exposure that runs, or `FIXED`. peak : the brightest place in any of its light
    frames, where it was sought.
    """

    def __init__(self, board, guard, frame):
        self._pixels = board.config.pixels
        self._warmup_ms = board.config.warmup_ms
        self._end = board.config.adc_max
        self._detector = board.detector
        self._clock = board.clock
        self._guard = guard
        self._frame = frame
        self._seen = array("I", [0, 0])
        self._phase = _IDLE
        self._started = self._exposure_us = 0
        self._delay_ms = 0
        self._taken = 0
        self._short = 0.0
        self.auto = FIXED
        self.peak = 0

    def begin(self, delay_ms, auto):
        """Start with the countdown; `auto` is an `AutoExposure`, or `FIXED`."""
        self.auto = auto
        self.peak = 0
        self._taken = 0
        self._delay_ms = delay_ms
        self._started = self._clock.ms()
        self._phase = _DELAY

    def end(self):
        """Give it up."""
        self._phase = _IDLE

    @property
    def job(self):
        """The JOB number."""
        if self._phase == _IDLE:
            return JOB_IDLE
        return JOB_DELAY if self._phase == _DELAY else JOB_PROBE

    def progress(self):
        """(done, total): of the countdown in tenths of a second, then of the frames with light."""
        if self._phase != _DELAY:
            return self.auto.probes, PROBES
        total = self._delay_ms // TENTH_MS
        return min(total, self._elapsed() // TENTH_MS), total

    def step(self):
        """Go on if something is ready; gives whether the exposure can begin."""
        if self._phase == _DELAY:
            return self._count_down()
        if self._phase == _WARNING:
            if self._guard.state == EMITTING:
                self._started = self._clock.ms()
                self._phase = _SETTLE
        elif self._phase == _SETTLE:
            if self._elapsed() >= self._warmup_ms:
                self._integrate(_LIT, self.auto.exposure_us)
        elif self._detector.ready():
            return self._take_frame()
        elif self._elapsed() > self._exposure_us // 1000 + DETECTOR_MARGIN_MS:
            self._guard.trip(faults.DETECTOR)
        return False

    def _count_down(self):
        if self._elapsed() < self._delay_ms:
            return False
        if not self.auto.seeks:
            self._phase = _IDLE
            return True
        self._integrate(_DARK, self.auto.dark_us[0])
        return False

    def judge(self):
        """Look at a light frame of the exposure itself; gives whether it is a rise. Takes no memory.

        A rise is too much light in all, or a place at the converter's end, which is far above the target.
        """
        seen = self._seen
        survey(self._frame, self._pixels, seen)
        if seen[PEAK] > self.peak:
            self.peak = seen[PEAK]
        return seen[TOTAL] > self.auto.ceiling or seen[PEAK] >= self._end

    def _elapsed(self):
        return self._clock.diff(self._clock.ms(), self._started)

    def _integrate(self, phase, exposure_us):
        self._phase = phase
        self._exposure_us = exposure_us
        self._started = self._clock.ms()
        self._detector.start(exposure_us)

    def _take_frame(self):
        self._detector.read_into(self._frame)
        if self._phase == _LIT:
            self._guard.done()
        survey(self._frame, self._pixels, self._seen)
        mean = self._seen[TOTAL] / self._pixels
        return self._learn_dark(mean) if self._phase == _DARK else self._learn(mean)

    def _learn_dark(self, mean):
        self._taken += 1
        if self._taken == 1:
            self._short = mean
            self._integrate(_DARK, self.auto.dark_us[1])
        else:
            self.auto.learn_dark(self._short, mean)
            self._arm()
        return False

    def _learn(self, mean):
        auto = self.auto
        auto.learn(self._seen[PEAK], mean)
        if auto.burns:
            self._guard.trip(faults.BURN_GUARD)
        elif auto.finished:
            self._phase = _IDLE
            return True
        elif not auto.too_bright:
            self._arm()
        return False

    def _arm(self):
        self._phase = _WARNING
        self._guard.arm(self.auto.power)
