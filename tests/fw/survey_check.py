"""Run by MicroPython: the viper survey of many frames equals the plain one."""

import os
import struct
import sys
from array import array

from quayscan_fw.survey import survey, survey_plain

assert sys.implementation.name == "micropython"
assert survey is not survey_plain
cases = 0
for pixels in (1, 4, 5, 6, 40, 3648):
    for fill in (0, 1, 0x8000, 0xFFFF, None):
        frame = os.urandom(2 * pixels) if fill is None else struct.pack("<H", fill) * pixels
        fast, slow = array("I", [9, 9]), array("I", [7, 7])
        survey(frame, pixels, fast)
        survey_plain(frame, pixels, slow)
        assert list(fast) == list(slow), (pixels, fill, fast, slow)
        cases += 1
for bad in (lambda: survey(bytes(79), 40, array("I", [0, 0])), lambda: survey(bytes(80), 40, array("I", [0]))):
    try:
        bad()
    except ValueError:
        cases += 1
print(cases, "cases")
