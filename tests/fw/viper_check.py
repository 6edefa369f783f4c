"""Run by MicroPython: the viper code and its plain twins give the same bytes. Prints how many cases it compared."""

import os
import struct

from quayscan_fw.accumulate import accumulate_plain
from quayscan_fw.accumulate_viper import accumulate
from quayscan_fw.hal_rp2 import copy_frame
from quayscan_wire import cobs, cobs_viper, seal, whiten, whiten_viper

cases = 0
for size in list(range(0, 20)) + list(range(250, 260)) + [507, 508, 509, 521, 1024]:
    for data in (bytes(size), b"\x01" * size, os.urandom(size), bytes([i % 5 for i in range(size)])):
        plain, fast = bytearray(1100), bytearray(1100)
        n = cobs.encode_into_plain(data, size, plain)
        assert cobs_viper.encode_into(data, size, fast) == n, (size, data)
        assert plain == fast, (size, data)
        assert cobs.decode(bytes(memoryview(fast)[:n])) == data
        cases += 1
        whiten.whiten_into_plain(data, size, plain)
        whiten_viper.whiten_into(data, size, fast)
        assert plain == fast, (size, data)
        cases += 1

for pixels in (1, 63, 64, 65, 200):
    for limit in (1, 30000, 65535, 65536):
        frame = bytearray(os.urandom(2 * pixels))
        struct.pack_into("<H", frame, 0, 65535)
        start = bytearray(os.urandom(4 * pixels))
        for at in range(3, 4 * pixels, 4):
            start[at] &= 0x7F  # room for the sum
        one, two = bytearray(start), bytearray(start)
        marks, marks_fast = bytearray(pixels), bytearray(pixels)
        accumulate_plain(one, frame, marks, pixels, limit)
        accumulate(two, frame, marks_fast, pixels, limit)
        assert one == two, (pixels, limit)
        assert marks == marks_fast, (pixels, limit)
        cases += 1

for pixels in (1, 2, 33):
    for first in (0, 32):
        for flip in (0, 0xFFFF):
            samples = os.urandom(2 * (first + pixels))
            one, two = bytearray(2 * pixels), bytearray(2 * pixels)
            copy_frame.copy_frame_plain(samples, first, one, pixels, flip)
            copy_frame.copy_frame(samples, first, two, pixels, flip)
            assert one == two, (pixels, first, flip)
            cases += 1

for size in list(range(0, 12)) + list(range(238, 262)) + list(range(494, 513)):
    for fill in (bytes(size), b"\xa5" * size, os.urandom(size), bytes([0xA5 * (i % 7 < 2) for i in range(size)])):
        head = bytes([0x44, size & 0xFF, 0, 1, 0, 0, 0, size % 3, 0])
        plain, fast = bytearray(size + 40), bytearray(size + 40)
        start = size % 5
        blob = memoryview(bytes(start) + fill + b"\x55")
        end = seal.seal_into_plain(head, blob, start, size, plain, 3)
        assert seal.seal_into(head, blob, start, size, fast, 3) == end, size
        assert plain == fast, size
        cases += 1

for call in (
    lambda: copy_frame.copy_frame(bytes(7), 2, bytearray(4), 2, 0),
    lambda: copy_frame.copy_frame(bytes(8), 2, bytearray(3), 2, 0),
    lambda: seal.seal_into(bytes(9), bytes(20), 5, 16, bytearray(99), 0),
    lambda: seal.seal_into(bytes(9), bytes(20), 0, 20, bytearray(35), 1),
    lambda: cobs_viper.encode_into(bytes(5), 6, bytearray(20)),
    lambda: cobs_viper.encode_into(bytes(5), 5, bytearray(5)),
    lambda: whiten_viper.whiten_into(bytes(5), 6, bytearray(9)),
    lambda: whiten_viper.whiten_into(bytes(5), 5, bytearray(4)),
    lambda: accumulate(bytearray(7), bytearray(4), bytearray(2), 2, 9),
    lambda: accumulate(bytearray(8), bytearray(3), bytearray(2), 2, 9),
    lambda: accumulate(bytearray(8), bytearray(4), bytearray(1), 2, 9),
):
    try:
        call()
    except ValueError:
        cases += 1
    else:
        raise AssertionError("a buffer that is too short was taken")

print(cases, "cases")
