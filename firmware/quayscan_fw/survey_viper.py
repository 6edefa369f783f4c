"""`survey_plain` in viper code; a test holds the two equal."""

# Viper knows ptr16 and needs its integers named; the tools for CPython know neither.
# ruff: noqa: F821, RUF046
# pyright: reportUndefinedVariable=false

import micropython


@micropython.viper
def survey(frame, pixels: int, out):
    """Write the brightest place and the sum of all counts to `out`, an array of two u32."""
    if int(len(frame)) < 2 * pixels or int(len(out)) < 2:
        raise ValueError("survey: a buffer is too short")
    read = ptr16(frame)
    write = ptr32(out)
    peak = 0
    total = 0
    i = 0
    while i < pixels:
        here = read[i]
        total += here
        if i >= 4:
            if read[i - 4] < here:
                here = read[i - 4]
            if here > peak:
                peak = here
        i += 1
    write[0] = peak
    write[1] = total
