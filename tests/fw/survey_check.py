"""Run by MicroPython: the viper survey of many frames equals the plain one, and judging a frame takes no memory."""

import gc
import os
import struct
import sys
from array import array

from quayscan_fw.auto_exposure import AutoExposure
from quayscan_fw.lead_in import LeadIn
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


class Part:
    pass


board = Part()
board.config = Part()
FACTS = {"pixels": 3648, "adc_max": 65535, "default_power": 1000, "exposure_us": 100000, "warmup_ms": 0}
for name in FACTS:
    setattr(board.config, name, FACTS[name])
board.detector = board.clock = None
lead = LeadIn(board, None, memoryview(bytearray(b"\xff\xef" * 3648)))
lead.auto = AutoExposure(board.config, 1000, 720, 4000, 4000000, 256)


def taken():
    """Bytes that judging two frames takes."""
    before = gc.mem_alloc()
    lead.judge()
    lead.judge()
    return gc.mem_alloc() - before


taken()
gc.collect()
assert taken() == 0, taken()
print(cases, "cases")
