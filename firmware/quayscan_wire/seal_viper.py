"""`seal.seal_into_plain` in viper code; a test holds the two equal. `seal.seal_into` checks the buffers first."""

# Viper knows ptr8 and needs its integers named; the tools for CPython know neither.
# ruff: noqa: F821, C901
# pyright: reportUndefinedVariable=false

import micropython


@micropython.viper
def seal(i: int, byte: int, crc: int, read: ptr8, out: ptr8, blob: ptr8, table: ptr32, plan: ptr32) -> int:
    """The frame of the head at `read` and the blob's whitened bytes to `out`; gives its length.

    The first three arguments are what the inner loop uses most: they are kept in registers. `write` is moved so that
    byte i of the source goes to `write[i]`. A byte is written where it belongs even when it is zero: that place then
    takes the next COBS code. Only so many bytes are taken in a row as a COBS block has room for, so that the inner
    loop need not count them.

    Parameters
    ----------
    i, byte, crc : 0, 0, -1. table : CRC_TABLE. plan : u32s: bytes of the head, where the blob's bytes start, how many
        there are, where in `out` the frame starts, and room for the CRC.
    """
    begin = int(out) + plan[3]
    code = ptr8(begin)
    write = ptr8(begin + 1)
    end = plan[0]
    mask = 0
    part = 0
    while part < 3:
        while i < end:
            at = int(write) + i
            stop = i + 255 - (at - int(code))
            if stop == i:
                code[0] = 255
                code = ptr8(at)
                write = ptr8(int(write) + 1)
                stop = i + 254
            if stop > end:
                stop = end
            while i < stop:
                byte = read[i] ^ mask
                crc = table[(crc ^ byte) & 0xFF] ^ ((crc >> 8) & 0xFFFFFF)
                write[i] = byte
                i += 1
                if byte == 0:
                    break
            if byte == 0:
                at = int(write) + i - 1
                code[0] = at - int(code)
                code = ptr8(at)
        part += 1
        at = int(write) + i
        if part == 1:
            mask = 0xA5
            read = blob
            i = plan[1]
            end = i + plan[2]
        else:
            if part == 2:
                plan[4] = crc ^ -1
            mask = 0
            read = ptr8(int(plan) + 16)
            i = 0
            end = 4
        write = ptr8(at - i)
    code[0] = at - int(code)
    write[0] = 0
    return at + 1 - begin
