"""One exposure as a job in steps: dark frames, WARNING, light frames, done. No step waits for anything.

IDLE --begin--> DARK --frames--> WARNING --EMITTING--> LIGHT --frames--> IDLE, the blob waits in the ring
                  `--- the light is to stay off -------^
any --end(code)--> IDLE, the slot is free again

A board with a white tile takes white frames before the light ones. In SETTLE the light comes to its power and the tile
moves: DARK --> WARNING --> SETTLE --> WHITE --frames--> SETTLE --> LIGHT. Before the dark frames, a lamp stops glowing.

A countdown, and the search for an exposure, go before the dark frames: IDLE --> DELAY --> PROBE --> DARK (`lead_in`).
"""

from quayscan_wire import blob, faults
from quayscan_wire.states import (
    EMITTING,
    JOB_DARK,
    JOB_DELAY,
    JOB_IDLE,
    JOB_LIGHT,
    JOB_SETTLE,
    JOB_WARNING,
    JOB_WHITE,
)

from .accumulate import accumulate
from .auto_exposure import FIXED
from .board import NoTile
from .lead_in import DETECTOR_MARGIN_MS, LeadIn
from .ring import NOTHING, clear


class Exposure:
    """The running exposure, if any.

    Attributes
    ----------
    job : a JOB number. done, total : frames of all kinds together. last_id, last_end : the last exposure that
    ended, and how: 0 complete, else a fault code.
    """

    def __init__(self, board, guard, ring, identity, trust, first_id=1):
        pixels = board.config.pixels
        self._config = board.config
        self._detector = board.detector
        self._clock = board.clock
        self._guard = guard
        self._ring = ring
        self._trust = trust
        self._fields = dict(identity)
        self._frame = memoryview(bytearray(2 * pixels))
        self._marks = memoryview(bytearray(pixels))
        self._zeros = memoryview(bytes(512))
        self._lead = LeadIn(board, guard, self._frame)
        self._white = board.config.white_ms > 0
        self._tile = board.tile if self._white else NoTile()
        self._slot = NOTHING
        self._started = 0
        self._settle_ms = 0
        self._after = JOB_IDLE
        self._photodiode = 0
        self._next_id = first_id
        self.job = JOB_IDLE
        self.done = 0
        self.total = 0
        self.last_id = 0
        self.last_end = 0

    def begin(self, nonce, exposure_us, averages, light_power, light_off, mode=blob.HOSTED, delay_ms=0, auto=FIXED):
        """Start; gives the exposure's id. The caller has seen `job` idle and a slot free.

        After a countdown of `delay_ms`, if any. With `auto`, an `AutoExposure`, exposure, averages and power are found.
        """
        self._slot = self._ring.take(self._next_id, self._zeros)
        self._next_id += 1
        clear(self._marks, self._zeros)
        fields = self._fields
        fields["session_nonce"] = nonce
        fields["exposure_id"] = self._slot.exposure_id
        fields["exposure_us"] = exposure_us
        fields["averages"] = averages
        fields["light_power"] = 0 if light_off else light_power
        fields["target"] = auto.target
        fields["mode"] = mode
        fields["flags"] = (blob.FLAG_LIGHT_OFF if light_off else 0) | (blob.FLAG_WHITE if self._white else 0)
        if self._trust.provisioned:
            fields["flags"] |= blob.FLAG_AUTHENTICATED
        self._photodiode = 0
        self._lead.begin(delay_ms, auto)
        if auto.seeks or delay_ms:
            self._lead_in()
        else:
            self._start()
        return self._slot.exposure_id

    def step(self):
        """Go on if something is ready."""
        if self.job == JOB_WARNING:
            if self._guard.state == EMITTING:
                self._lit()
        elif self.job == JOB_SETTLE:
            if self._clock.diff(self._clock.ms(), self._started) >= self._settle_ms:
                self._expose(self._after)
        elif self.job >= JOB_DELAY:
            self._lead_in()
        elif self.job != JOB_IDLE:
            self._look_for_frame()

    def _look_for_frame(self):
        if self._detector.ready():
            self._take_frame()
        elif self._overdue():
            self._guard.trip(faults.DETECTOR)

    def end(self, code):
        """Give up the running exposure, if any, because of `code`."""
        if self.job != JOB_IDLE:
            self._tile.place(False)
            self._lead.end()
            self._ring.release(self._slot)
            self._close(code)

    def remaining_ms(self):
        """Milliseconds for which nothing is to do here; 0 when something may be."""
        job = self.job  # no tuple to look into: it would be made anew each time
        if job == JOB_DARK or job == JOB_WHITE or job == JOB_LIGHT:
            elapsed = self._clock.diff(self._clock.ms(), self._started)
            return max(0, self._fields["exposure_us"] // 1000 - elapsed)
        return 1

    def _lead_in(self):
        """Go on with countdown or search, and then begin, or give up where even the least light is too much."""
        lead, auto = self._lead, self._lead.auto
        ready = lead.step()
        self.job = lead.job
        self.done, self.total = lead.progress()
        if auto.too_bright:
            self.end(faults.TOO_BRIGHT)
        elif ready:
            if auto.seeks:
                self._fields["exposure_us"] = auto.exposure_us
                self._fields["averages"] = auto.averages
                self._fields["light_power"] = auto.power
            self._start()

    def _start(self):
        """The dark frames, once nothing glows any more."""
        self.done = 0
        self.total = (3 if self._white else 2) * self._fields["averages"]
        glow_ms = self._guard.glow_ms()
        if glow_ms:
            self._settle(glow_ms, JOB_DARK)
        else:
            self._expose(JOB_DARK)

    def _expose(self, job):
        self.job = job
        self._integrate()

    def _settle(self, ms, job):
        """Wait `ms`, then take the frames of `job`."""
        self._started = self._clock.ms()
        self._settle_ms = ms
        self._after = job
        self.job = JOB_SETTLE

    def _lit(self):
        """The light is on, or was to stay off: what comes first."""
        warmup_ms = 0 if self._fields["flags"] & blob.FLAG_LIGHT_OFF else self._config.warmup_ms
        if self._white:
            self._tile.place(True)
            self._settle(max(warmup_ms, self._config.white_ms), JOB_WHITE)
        elif warmup_ms:
            self._settle(warmup_ms, JOB_LIGHT)
        else:
            self._expose(JOB_LIGHT)

    def _integrate(self):
        self._started = self._clock.ms()
        self._detector.start(self._fields["exposure_us"])

    def _overdue(self):
        elapsed = self._clock.diff(self._clock.ms(), self._started)
        return elapsed > self._fields["exposure_us"] // 1000 + DETECTOR_MARGIN_MS

    def _take_frame(self):
        job, slot = self.job, self._slot
        self.done += 1
        last = self.done % self._fields["averages"] == 0
        if job == JOB_LIGHT:
            self._photodiode += self._guard.reading.photodiode
        if self.done == self.total:
            self._guard.done()
        self._detector.read_into(self._frame)
        if job == JOB_LIGHT and self._lead.auto.seeks and self._lead.judge():
            self._guard.trip(faults.BURN_GUARD)
            return
        if not last:
            self._integrate()
        sums = slot.dark if job == JOB_DARK else slot.white if job == JOB_WHITE else slot.light
        accumulate(sums, self._frame, self._marks, self._config.pixels, self._limit(job))
        if last:
            self._next_job(job)

    def _limit(self, job):
        """Counts from which a pixel is marked: without light, where none fits on top; with it, the converter's end."""
        if job != JOB_DARK:
            return self._config.adc_max
        return self._lead.auto.full_from

    def _next_job(self, job):
        if job == JOB_DARK:
            self._fields["hot"] = sum(self._marks)
        if job == JOB_LIGHT:
            self._finish()
        elif job == JOB_WHITE:
            self._tile.place(False)
            self._settle(self._config.white_ms, JOB_LIGHT)
        elif self._fields["flags"] & blob.FLAG_LIGHT_OFF:
            self._lit()
        else:
            self.job = JOB_WARNING
            self._guard.arm(self._fields["light_power"])

    def _finish(self):
        fields, reading = self._fields, self._guard.reading
        fields["photodiode"] = self._photodiode // fields["averages"]
        fields["saturated"] = sum(self._marks) - fields["hot"]
        auto = self._lead.auto
        fields["auto"] = auto.reason
        fields["probes"] = auto.probes
        fields["peak"] = self._lead.peak
        fields["detector_temp"] = reading.detector_temp
        fields["light_temp"] = reading.light_temp
        fields["light_on_ms"] = 0 if fields["flags"] & blob.FLAG_LIGHT_OFF else self._guard.light_on_ms
        fields["uptime_ms"] = self._clock.uptime_ms()
        self._slot.head[:] = blob.pack_metadata(fields)
        self._ring.finish(self._slot, self._trust.tag(self._slot.body))
        self._close(0)

    def _close(self, code):
        self.last_id = self._slot.exposure_id
        self.last_end = code
        self._slot = NOTHING
        self.job = JOB_IDLE
