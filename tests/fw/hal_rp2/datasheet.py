"""The data sheets' limits, and what a waveform violates of them. Times in ns."""

import itertools

from waves import CYCLE_NS

MASTER_MHZ = (0.8, 4.0)
T1_MIN, T2_RANGE, T3_MIN, T4_MIN = 1000.0, (100.0, 1000.0), 1000.0, 0.0
INTEGRATION_MIN = 10000.0
ELEMENTS = 3694

CONVERSION_MAX, ACQUISITION_MIN, CYCLE_MIN = 710.0, 290.0, 1000.0
SCLK_MIN, DUTY, QUIET_MIN = 15.0, (0.45, 0.55), 20.0


class Limits:
    """Collects what is out of its limits."""

    def __init__(self):
        self.violations = []

    def at_least(self, name, cycles, low):
        if cycles * CYCLE_NS < low:
            self.violations.append(f"{name}: {cycles * CYCLE_NS:.0f} ns, at least {low:.0f}")

    def within(self, name, value, limits):
        if not limits[0] <= value <= limits[1]:
            self.violations.append(f"{name}: {value:.3g}, {limits[0]:g} to {limits[1]:g}")


def pulses(edges, level):
    """(begin, end) of each complete time at `level`."""
    return [(edges[i][0], edges[i + 1][0]) for i in range(len(edges) - 1) if edges[i][1] == level and (i or level == 1)]


def ccd_violations(clock, shift, clear):
    """What one frame of a TCD1304 violates. `clock` a `waves.Clock`; `shift`, `clear` edges of SH and ICG."""
    limits = Limits()
    period = clock.high + clock.low
    limits.within("fM, MHz", 1e3 / (period * CYCLE_NS), MASTER_MHZ)
    limits.within("fM duty", clock.high / period, (0.45, 0.55))
    (clearing, shifting), ((low, high),) = pulses(shift, 1), pulses(clear, 0)
    if not low < shifting[0] < shifting[1] < high:
        limits.violations.append("SH does not lie inside ICG")
    if clearing[1] >= low:
        limits.violations.append("the clearing SH touches ICG")
    limits.at_least("clearing SH", clearing[1] - clearing[0], T3_MIN)
    limits.within("t2", (shifting[0] - low) * CYCLE_NS, T2_RANGE)
    limits.at_least("t3", shifting[1] - shifting[0], T3_MIN)
    limits.at_least("t1", high - shifting[1], T1_MIN)
    limits.at_least("integration", shifting[1] - clearing[1], INTEGRATION_MIN)
    limits.at_least("t4", _since_rise(clock, high), T4_MIN)
    if not clock(high):
        limits.violations.append("ICG rises while fM is low")
    return limits.violations


def _since_rise(clock, cycle):
    return cycle - (clock.next_rise(cycle - clock.high - clock.low + 1))


def adc_violations(sclk, convert):
    """What the edges of SCLK and CONVST violate."""
    limits = Limits()
    conversions = pulses(convert, 1)
    falls = [cycle for cycle, level in sclk[1:] if not level]
    rises = [cycle for cycle, level in sclk[1:] if level]
    for begin, end in conversions:
        limits.at_least("conversion", end - begin, CONVERSION_MAX)
        before = [fall for fall in falls if fall <= begin]
        if before:
            limits.at_least("quiet", begin - before[-1], QUIET_MIN)
        if any(begin <= edge < end for edge in falls + rises):
            limits.violations.append("SCLK moves while converting")
    starts = [begin for begin, _ in conversions]
    for first, second in itertools.pairwise(starts):
        limits.at_least("cycle", second - first, CYCLE_MIN)
        limits.at_least("acquisition", second - first - CONVERSION_MAX / CYCLE_NS, ACQUISITION_MIN)
        between = [fall for fall in falls if first < fall <= second]
        if len(between) != 16:
            limits.violations.append(f"{len(between)} clocks a sample, not 16")
        _clock_limits(limits, [rise for rise in rises if first < rise <= second], between)
    return limits.violations


def _clock_limits(limits, rises, falls):
    for rise, fall, following in zip(rises, falls, rises[1:], strict=False):
        limits.at_least("SCLK", following - rise, SCLK_MIN)
        limits.within("SCLK duty", (fall - rise) / (following - rise), DUTY)
