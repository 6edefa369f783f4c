"""MEASURE: a SCAN after a countdown, or one whose exposure the device finds; and why it found what it did."""

import struct

from . import layout

_MEASURE = "<IHHBIHI"
MEASURE_NAMES = ("exposure_us", "averages", "light_power", "flags", "delay_ms", "target", "budget_ms")

FIXED = 0
REACHED = 1
BUDGET = 2
DARK_CURRENT = 3
LONGEST = 4
LESS_POWER = 5

_REASONS = ("FIXED", "REACHED", "BUDGET", "DARK_CURRENT", "LONGEST", "LESS_POWER")

PROBES = 4
"""Most frames with light that finding an exposure may take."""


def pack_measure(exposure_us=0, averages=0, light_power=0, flags=0, delay_ms=0, target=0, budget_ms=0):
    """MEASURE: the fields of SCAN, a delay in ms, a target in 1/1000 of the converter's range, a budget in ms.

    Without a target exposure and averages are fixed, as in SCAN. With one they are the most that may be found, 0 for
    the board's limits.
    """
    return struct.pack(_MEASURE, exposure_us, averages, light_power, flags, delay_ms, target, budget_ms)


def unpack_measure(payload):
    """Fields of MEASURE."""
    return layout.unpack(_MEASURE, MEASURE_NAMES, payload, "MEASURE")


def reason_name(reason):
    """Name of a reason, `REASON_n` for one that this version does not know."""
    return _REASONS[reason] if 0 <= reason < len(_REASONS) else "REASON_%d" % reason
