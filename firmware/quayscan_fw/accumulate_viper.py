"""`accumulate` in viper code. `accumulate.accumulate_plain` is its twin; a test holds them equal."""

# Viper knows ptr8 and needs its integers named; the tools for CPython know neither.
# ruff: noqa: F821, RUF046
# pyright: reportUndefinedVariable=false

import micropython


@micropython.viper
def accumulate(sums, frame, marks, pixels: int, limit: int):
    """Add `frame` (u16) to `sums` (u32, on a 4-byte boundary); mark the pixels that reach `limit`."""
    if int(len(sums)) < 4 * pixels or int(len(frame)) < 2 * pixels or int(len(marks)) < pixels:
        raise ValueError("accumulate: a buffer is too short")
    total = ptr32(sums)
    value = ptr16(frame)
    mark = ptr8(marks)
    i = 0
    while i < pixels:
        count = value[i]
        total[i] = total[i] + count
        if count >= limit:
            mark[i] = 1
        i += 1
