"""What a frame shows at a glance: its brightest place, and all of its light."""

import sys

PEAK = 0
TOTAL = 1

REACH = 2
"""A place is as bright as the darker of the pixels this far to its left and right: a cosmic ray of up to four pixels
or a hot one is no peak, and a line as wide as the slit loses little of its height (6 % at a width of 13 pixels)."""


def survey_plain(frame, pixels, out):
    """Write the brightest place and the sum of all counts to `out`; the slow twin.

    Parameters
    ----------
    frame : buffer of `pixels` u16 little-endian. out : array of two u32.
    """
    peak = total = 0
    for i in range(pixels):
        here = frame[2 * i] | frame[2 * i + 1] << 8
        total += here
        if i >= 2 * REACH:
            left = frame[2 * i - 4 * REACH] | frame[2 * i + 1 - 4 * REACH] << 8
            peak = max(peak, min(left, here))
    out[PEAK] = peak
    out[TOTAL] = total


if sys.implementation.name == "micropython":
    from .survey_viper import survey
else:
    survey = survey_plain
