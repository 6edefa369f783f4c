"""COBS in viper code for the device. `cobs.encode_into_plain` is its twin; a test holds them equal."""

# Viper knows ptr8 and needs its integers named; the tools for CPython know neither.
# ruff: noqa: F821, RUF046
# pyright: reportUndefinedVariable=false

import micropython


@micropython.viper
def encode_into(src, n: int, dst) -> int:
    """Encode the first `n` bytes of `src` into `dst`; gives the encoded length, or raises ValueError."""
    if n > int(len(src)) or int(len(dst)) < n + n // 254 + 1:
        raise ValueError("COBS: the buffers do not fit")
    read = ptr8(src)
    write = ptr8(dst)
    code_at = 0
    at = 1
    code = 1
    i = 0
    while i < n:
        if code == 255:
            write[code_at] = 255
            code_at = at
            at += 1
            code = 1
        byte = read[i]
        i += 1
        if byte:
            write[at] = byte
            at += 1
            code += 1
        else:
            write[code_at] = code
            code_at = at
            at += 1
            code = 1
    write[code_at] = code
    return at
