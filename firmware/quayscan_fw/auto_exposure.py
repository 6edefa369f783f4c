"""Finding an exposure: from what a few frames showed, the next one to take, and in the end exposure and averages.

What is learnt is a straight line: counts = offset + (dark rate + light rate x power) x time. The first frame is short
and has a part of the power; each one after it may have so many times the light of the one before that what was seen,
and the noise on top of it, stays far below the converter's end. Power doubles from frame to frame up to what was asked.

The burn guard: light that comes back may only fade, in relation to the light that was sent. A rise means that the
sample heats, chars or moves.

No clock and no pins here. All this is worked out while the light is off.
"""

from quayscan_wire import measure

from .scan_request import READOUT_MS

FIRST_US = 2000
"""Exposure of the first frame with light (chosen: a thousand times fainter than a default scan of a liquid)."""

SHORTEST_US = 200
"""Shortest exposure that is asked of a detector; brighter samples get less power (chosen)."""

AIM = 0.4
"""Share of the converter's range that a frame may reach while the exposure is sought."""

ENOUGH = 0.15
"""Share of the range from which a frame foretells the exposure: its noise is then below 1 % of it."""

GROWTH = 25
"""Most light of a frame over that of the one before."""

DARK_SHARE = 0.3
"""Share of the range that the dark current may take: beyond, it adds noise and takes the light's room."""

RISE = 1.5
"""Light that comes back, per light sent, over the least seen so far: from here on something happens to the sample."""

SLACK = 3.0
"""Counts by which the mean of a frame may be off: rounding, a cosmic ray, the dark current's own drift (chosen)."""

_NOISE = 0.001
"""Of the range: what noise adds to the brightest pixel of a frame without light."""

_SMALL = (1 << 30) - 1
"""Largest integer that the board compares without taking memory."""


class Fixed:
    """What an exposure that is not sought has in place of a search: nothing is too much for it."""

    seeks = False
    reason = measure.FIXED
    target = probes = averages = exposure_us = power = 0
    dark_us = (0, 0)
    ceiling = _SMALL
    full_from = 1 << 16
    burns = too_bright = finished = False

    def learn_dark(self, short, long):
        """Nothing is to be learnt."""

    def learn(self, peak, mean):
        """Nothing is to be learnt."""


FIXED = Fixed()


class AutoExposure(Fixed):
    """One search.

    Attributes
    ----------
    seeks : whether there is a search at all.
    exposure_us, power : of the next frame with light; once `finished`, of the exposure that was found.
    averages, reason : what was found; a number of `quayscan_wire.measure`. probes : frames with light so far.
    target : as asked, 1/1000 of the converter's range. ceiling : sum of counts from which a light frame is a rise.
    full_from : counts without light from which a pixel has no room for the light.
    burns, too_bright : what ends the search without an exposure.
    """

    seeks = True

    def __init__(self, config, power, target, budget_ms, longest_us, most):
        self._range = config.adc_max
        self._pixels = config.pixels
        self._full_power = power
        self._floor = min(power, max(config.default_power // 4, power // 4))
        self._half_ms = budget_ms // 2
        self._asked_us = longest_us
        self._longest_us = max(SHORTEST_US, min(longest_us, 1000 * (self._half_ms - READOUT_MS)))
        self._averages = most
        self._offset = self._dark_rate = 0.0
        self._least = self._rate = -1.0
        self._light = 0.0
        self._clipped = False
        self.dark_us = (FIRST_US // 2, max(2 * FIRST_US, min(config.exposure_us, self._longest_us)))
        self.target = target
        self.exposure_us = min(FIRST_US, self._longest_us)
        self.power = self._floor

    def learn_dark(self, short, long):
        """Mean counts of the two frames without light, `dark_us` long."""
        self._dark_rate = max(0.0, (long - short) / (self.dark_us[1] - self.dark_us[0]))
        self._offset = short - self._dark_rate * self.dark_us[0]

    def learn(self, peak, mean):
        """What a frame with light showed, in counts: its brightest pixel and its mean."""
        dose = self.exposure_us * self.power
        dark = self._dark(self.exposure_us)
        self.probes += 1
        self._clipped = peak >= self._range
        self._light = max(0.0, peak - dark)
        self._rate = self._light / dose
        self.burns = self._least >= 0 and mean - dark - SLACK > RISE * self._least * dose
        if not self._clipped:
            least = max(0.0, mean - dark + SLACK) / dose
            self._least = least if self._least < 0 else min(self._least, least)
        at_least = self.exposure_us == SHORTEST_US and self.power == self._floor
        self.too_bright = self._clipped and (at_least or self.probes == measure.PROBES)
        self.finished = self._seen_enough(dose)
        if self.finished:
            self._conclude()
        elif not (self.burns or self.too_bright):
            self._next(dose)

    def _dark(self, exposure_us):
        return self._offset + self._dark_rate * exposure_us

    def _seen_enough(self, dose):
        if self.burns or self._clipped:
            return False
        at_limit = self._light >= ENOUGH * self._range or self.exposure_us >= self._longest()[0]
        return self.probes == measure.PROBES or (at_limit and self._next_power(dose) <= self.power)

    def _most(self, dose):
        """The light rate that there may be, noise included."""
        return self._rate + 3 * _NOISE * self._range / dose

    def _next_power(self, dose):
        """Twice the power, no more than was asked, nor than the shortest exposure can bear."""
        bearable = int(AIM * self._range / (self._most(dose) * SHORTEST_US))
        return min(self._full_power, 2 * self.power, max(self.power, bearable))

    def _next(self, dose):
        """Choose the frame that follows: more power, and as much time as keeps it far from the end."""
        if self._clipped:
            self.power = self._floor
            self.exposure_us = max(SHORTEST_US, self.exposure_us // 10)
            return
        self.power = self._next_power(dose)
        room = AIM * self._range - self._offset
        exposure = room / (self._most(dose) * self.power + self._dark_rate)
        exposure = min(exposure, GROWTH * dose / self.power, self._longest()[0])
        self.exposure_us = max(SHORTEST_US, int(exposure))

    def _longest(self):
        """The longest exposure, and what limits it."""
        limit, reason = self._longest_us, measure.LONGEST if self._longest_us == self._asked_us else measure.BUDGET
        if self._dark_rate * limit > DARK_SHARE * self._range:
            return int(DARK_SHARE * self._range / self._dark_rate), measure.DARK_CURRENT
        return limit, reason

    def _conclude(self):
        room = self.target * self._range / 1000 - self._offset
        self.power = self._full_power
        longest, limit = self._longest()
        slope = self._rate * self.power + self._dark_rate
        exposure = room / slope if slope * longest > room else longest
        self.reason = measure.REACHED if exposure < longest else limit
        if exposure < SHORTEST_US:
            self.power = max(self._floor, int(self.power * exposure / SHORTEST_US))
            exposure, self.reason = SHORTEST_US, measure.LESS_POWER
        self.exposure_us = int(exposure)
        frame_ms = self.exposure_us // 1000 + READOUT_MS
        self.averages = max(1, min(self._averages, self._half_ms // frame_ms))
        self._watch()

    def _watch(self):
        """What the light frames may show at most."""
        dark = self._dark(self.exposure_us)
        dose = self.exposure_us * self.power
        mean = dark + RISE * self._least * dose + SLACK + 0.02 * (dark - self._offset)
        self.ceiling = min(_SMALL, int(mean * self._pixels))
        self.full_from = max(1, int(self._range - 1.2 * self._rate * dose - 0.01 * self._range))
