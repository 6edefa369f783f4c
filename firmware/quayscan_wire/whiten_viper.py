"""`whiten_into` in viper code. `whiten.whiten_into_plain` is its twin; a test holds them equal."""

# Viper knows ptr8 and needs its integers named; the tools for CPython know neither.
# ruff: noqa: F821, RUF046
# pyright: reportUndefinedVariable=false

import micropython


@micropython.viper
def whiten_into(src, n: int, dst):
    """Write the first `n` bytes of `src`, each XOR 0xA5, to the beginning of `dst`, or raise ValueError."""
    if n > int(len(src)) or n > int(len(dst)):
        raise ValueError("whiten: the buffers do not fit")
    read = ptr8(src)
    write = ptr8(dst)
    i = 0
    while i < n:
        write[i] = read[i] ^ 0xA5
        i += 1
