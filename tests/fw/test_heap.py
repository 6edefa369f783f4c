"""The largest exposure that raman785 is meant for, in the heap of the board, on MicroPython."""

import struct

import pytest
from plain_bench import PlainBench, frame_values
from running_device import MICROPYTHON, Device
from test_bench_main import take

from quayscan_wire import blob, kinds, messages, states

PIXELS = 3648
AVERAGES = 64
HEAP = "192k"


@pytest.mark.skipif(MICROPYTHON is None, reason="no micropython for this platform")
def test_3648_pixels_with_64_averages_fit_into_192_kilobytes(tmp_path):
    bench = PlainBench(pixels=PIXELS, ring=1)
    device = Device("micropython", bench, tmp_path / "flash.bin")
    try:
        assert f"heapsize={HEAP}" in device.process.args
        assert device.hello()["implementation"] == "micropython"
        exposure_id = device.scan(exposure_us=1000, averages=AVERAGES)
        status = device.until(lambda now: now["last_id"] == exposure_id and now["job"] == states.JOB_IDLE)
        assert status["last_end"] == 0
        data = take(device, exposure_id, status)
        assert device.ask(kinds.ACK, messages.pack_ack(exposure_id))[0] == kinds.ACK | kinds.REPLY
        kind, answer = device.ask(kinds.PROVISION, messages.pack_provision(bytes(range(32)), 0))
        assert kind == kinds.PROVISION | kinds.REPLY, answer  # a sector is erased and written beside all that
    finally:
        said = device.close()
        bench.close()
    assert said == ""
    _, start = blob.unpack_metadata(data)
    light, dark = (struct.unpack_from(f"<{PIXELS}I", data, at) for at in (start, start + 4 * PIXELS))
    assert list(dark) == _sums(range(AVERAGES), False)
    assert list(light) == _sums(range(AVERAGES, 2 * AVERAGES), True)


def _sums(numbers, lit):
    return [sum(values) for values in zip(*(frame_values(number, lit, PIXELS) for number in numbers), strict=True)]
