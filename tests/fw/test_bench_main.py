"""The real program on real interpreters: MicroPython with the heap of the board, and CPython."""

import binascii
import contextlib
import os
import signal
import subprocess
import sys
import time

import pytest
from plain_bench import CONFIG, PlainBench, frame_values
from running_device import MICROPYTHON, Device

from quayscan_wire import bitmap, blob, faults, kinds, messages, states

if sys.platform == "win32":
    pytest.skip("needs ptys", allow_module_level=True)

INTERPRETERS = [
    pytest.param(
        "micropython", marks=pytest.mark.skipif(MICROPYTHON is None, reason="no micropython for this platform")
    ),
    "cpython",
]


@pytest.fixture(params=INTERPRETERS)
def rig(request, tmp_path):
    """(device, bench), with the session open."""
    bench = PlainBench(ring=1)
    device = Device(request.param, bench, tmp_path / "flash.bin")
    device.interpreter = request.param
    try:
        device.greeting = device.hello()
        yield device, bench
    finally:
        said = device.close()
        bench.close()
    assert said == ""


def wait_for(condition, seconds=5.0):
    """Poll a condition of the bench; gives whether it came true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.002)
    return False


def take(device, exposure_id, status, missing=None):
    """Fetch chunks; gives the bytes of all so far, in order."""
    missing = missing or set(range(blob.chunks(status["size"])))
    for first, bits in bitmap.windows(missing):
        kind, payload = device.ask(kinds.FETCH, messages.pack_fetch(exposure_id, first, bits))
        assert kind == kinds.FETCH | kinds.REPLY, payload
    return b"".join(device.chunks[index] for index in sorted(device.chunks))


def emit(device, bench):
    """Start a long exposure and wait until its light is on."""
    device.scan(exposure_us=200_000, averages=4)
    device.until(lambda status: status["state"] == states.EMITTING or status["fault"])
    assert wait_for(lambda: bench.light), device.status()


def test_hello_names_the_interpreter_that_runs(rig):
    device, _ = rig
    assert device.greeting["implementation"] == device.interpreter
    assert device.greeting["pixels"] == 3648
    assert device.greeting["uid"].hex() == CONFIG["uid"]


def test_two_exposures_arrive_exact_and_leave_after_ack(rig):
    device, bench = rig
    frames = 0
    for number in (1, 2):
        exposure_id = device.scan(exposure_us=2000, averages=4)
        status = device.until(lambda status, number=number: status["last_id"] == number and not status["job"])
        assert (status["last_end"], status["pending"]) == (0, number)  # the first overflows into flash
        frames += 8
    for exposure_id in (2, 1):  # what lies in memory goes first
        status = device.status()
        assert status["exposure_id"] == exposure_id
        device.chunks.clear()
        data = take(device, exposure_id, status)
        assert (len(data), binascii.crc32(data)) == (status["size"], status["crc32"])
        fields, at = blob.unpack_metadata(data)
        assert fields["implementation"] == device.interpreter
        start = 8 * (exposure_id - 1)
        dark = [frame_values(start + n, False, 3648) for n in range(4)]
        light = [frame_values(start + n, True, 3648) for n in range(4, 8)]
        expected = [sum(column) for column in zip(*light, strict=True)]
        expected += [sum(column) for column in zip(*dark, strict=True)]
        assert memoryview(data[at:]).cast("I").tolist() == expected
        device.ask(kinds.ACK, messages.pack_ack(exposure_id))
    assert device.status()["pending"] == 0
    assert bench.was_on


def test_missing_chunks_are_sent_again_and_nothing_else(rig):
    device, _ = rig
    exposure_id = device.scan(exposure_us=1000, averages=1)
    status = device.until(lambda status: status["pending"] == 1)
    take(device, exposure_id, status)
    whole = dict(device.chunks)
    device.chunks.clear()
    take(device, exposure_id, status, {0, 7, 8, 57})
    assert device.chunks == {index: whole[index] for index in (0, 7, 8, 57)}


def test_end_of_stdin_turns_the_light_off_and_ends_the_program(rig):
    device, bench = rig
    emit(device, bench)
    os.close(device.master)
    device.master = None
    assert device.process.wait(10) == 0
    assert bench.drives[-1] == (0, 0)


def test_heartbeat_loss_turns_the_light_off_with_fault_18(rig):
    device, bench = rig
    emit(device, bench)
    assert wait_for(lambda: not bench.enabled)
    assert bench.drives[-1] == (0, 0)
    status = device.status()
    assert (status["state"], status["fault"], status["last_end"]) == (states.FAULT, 18, 18)
    assert [fault["code"] for fault in device.unasked] == [faults.HEARTBEAT_LOST]


def test_open_interlock_turns_the_enable_off_too(rig):
    device, bench = rig
    emit(device, bench)
    bench.flags = 1
    assert wait_for(lambda: not bench.enabled)
    assert device.status()["fault"] == faults.INTERLOCK_OPEN
    bench.flags = 3
    assert device.ask(kinds.CLEAR)[1] == messages.pack_state(states.READY)


def test_slow_reader_does_not_keep_the_light_on(rig):
    device, bench = rig
    device.scan(exposure_us=1000, averages=1)
    device.until(lambda status: status["pending"] == 1)
    emit(device, bench)
    for _ in range(4):  # nobody reads what these ask for, so the way out is soon full
        device.send(kinds.FETCH, messages.pack_fetch(1, 0, b"\xff" * 8))
    bench.flags = 1
    assert wait_for(lambda: not bench.enabled, 1.0)


def test_killed_program_leaves_the_light_off(rig):
    device, bench = rig
    emit(device, bench)
    device.process.send_signal(signal.SIGKILL)
    device.process.wait(10)
    assert wait_for(lambda: not bench.light)


def test_interrupt_drives_the_light_off(rig):
    device, bench = rig
    emit(device, bench)
    for _ in range(3):  # as a person does: one that lands in the interpreter's own clean-up is lost
        device.process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            device.process.wait(5)
            break
    assert device.process.poll() is not None
    assert bench.drives[-1] == (0, 0)


def test_lost_bench_ends_the_program(rig):
    device, bench = rig
    emit(device, bench)
    bench.drop_client()
    assert device.process.wait(10) == 0


def test_missing_bench_is_told_on_stderr_and_nothing_on_the_link():
    bench = PlainBench()
    bench.close()
    device = Device("cpython", bench)
    assert device.process.wait(10) == 1
    said = device.close()
    assert f"no bench at 127.0.0.1:{bench.port}" in said
    assert "Traceback" not in said
