"""`copy_frame` in viper code. `copy_frame.copy_frame_plain` is its twin; a test holds them equal."""

# Viper knows ptr16 and needs its integers named; the tools for CPython know neither.
# ruff: noqa: F821, RUF046
# pyright: reportUndefinedVariable=false

import micropython


@micropython.viper
def copy_frame(source, first: int, target, pixels: int, flip: int):
    """Pixels from sample `first` of `source` on, each XOR `flip`, to `target`, or raise ValueError."""
    if int(len(source)) < 2 * (first + pixels) or int(len(target)) < 2 * pixels:
        raise ValueError("copy_frame: a buffer is too short")
    read = ptr16(source)
    write = ptr16(target)
    i = 0
    while i < pixels:
        write[i] = read[first + i] ^ flip
        i += 1
