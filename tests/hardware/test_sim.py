"""`VirtualBoard`: starts, restarts and ends a device process, tells why it could not, and leaves nothing behind."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from quayscan_hardware.impairment import CableOptions
from quayscan_hardware.interpreter import find_micropython
from quayscan_hardware.sim import SimFailed, SimUnsupported, VirtualBoard

serial = pytest.importorskip("serial")
pytest.importorskip("termios", reason="needs pseudo-terminals")

FIRMWARE = Path(__file__).parents[2] / "firmware"
INTERPRETERS = ["cpython", *(["micropython"] if find_micropython() else [])]

needs_firmware = pytest.mark.skipif(
    not (FIRMWARE / "quayscan_fw" / "bench_main.py").is_file(), reason="the device program is not here"
)


def ask(port, byte):
    with serial.Serial(port, timeout=5) as line:
        line.write(byte)
        return line.read(1)


def eventually(condition):
    deadline = time.monotonic() + 5
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.002)
    return condition()


@pytest.mark.parametrize("interpreter", INTERPRETERS)
@pytest.mark.parametrize("cable", [None, CableOptions()], ids=["pty", "cable"])
def test_bytes_go_to_the_program_and_back_also_after_the_port_was_closed(toy_firmware, interpreter, cable):
    with VirtualBoard(firmware_path=toy_firmware, interpreter=interpreter, cable=cable) as board:
        assert board.interpreter == interpreter
        assert ask(board.port, b"a") == b"a"
        assert ask(board.port, b"b") == b"b"
        assert (board.cable is None) == (cable is None)


def test_a_killed_program_leaves_the_light_off_and_the_port_hung_up(toy_firmware):
    with VirtualBoard(firmware_path=toy_firmware) as board:
        with serial.Serial(board.port, timeout=5) as line:
            line.write(b"L")
            assert line.read(1) == b"L"
            assert eventually(lambda: board.bench.emission_log)
            board.kill()
            with pytest.raises(serial.SerialException):
                line.read(1)
        assert eventually(lambda: not board.bench.light_on)
        board.restart()
        assert ask(board.port, b"c") == b"c"


def test_nothing_is_left_after_the_board_is_closed(toy_firmware):
    open_before = set(os.listdir("/dev/fd"))
    threads_before = threading.active_count()
    with VirtualBoard(firmware_path=toy_firmware, cable=CableOptions()) as board:
        process = board.process
    board.close()
    assert process.returncode is not None
    assert threading.active_count() == threads_before
    assert len(os.listdir("/dev/fd")) == len(open_before)


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_a_program_that_fails_at_its_start_is_quoted(toy_firmware, interpreter):
    (toy_firmware / "quayscan_fw" / "bench_main.py").write_text("raise ValueError('no such wiring')")
    with pytest.raises(SimFailed, match=r"ended with code 1 before it reached the bench: (.|\n)*no such wiring"):
        VirtualBoard(firmware_path=toy_firmware, interpreter=interpreter)


def test_stderr_of_the_program_is_kept(toy_firmware):
    with VirtualBoard(firmware_path=toy_firmware, interpreter="cpython") as board:
        assert eventually(lambda: "toy is up" in board.stderr_tail())


def test_micropython_that_is_asked_for_and_absent_is_unsupported(toy_firmware, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SimUnsupported, match=r"quayscan\[sim\]"):
        VirtualBoard(firmware_path=toy_firmware, interpreter="micropython")


def test_a_system_without_ptys_says_what_is_needed(toy_firmware, monkeypatch):
    monkeypatch.delattr(os, "openpty")
    with pytest.raises(SimUnsupported, match="needs pseudo-terminals"):
        VirtualBoard(firmware_path=toy_firmware)


@pytest.mark.parametrize(("name", "value"), [("board", "raman1"), ("sample", "phlogiston"), ("interpreter", "pypy")])
def test_unknown_names_list_the_choices(toy_firmware, name, value):
    with pytest.raises(ValueError, match=f"'{value}'.*choose"):
        VirtualBoard(firmware_path=toy_firmware, **{name: value})


def test_importing_the_launcher_needs_no_posix_module():
    block = "import sys; sys.modules.update(pty=None, termios=None, fcntl=None, tty=None)"
    done = subprocess.run(
        [sys.executable, "-c", f"{block}; import quayscan_hardware.sim"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@needs_firmware
@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_the_real_device_program_reaches_the_bench_and_keeps_the_light_off(interpreter):
    with VirtualBoard(firmware_path=FIRMWARE, interpreter=interpreter) as board:
        assert not board.bench.light_on
        assert board.process.poll() is None
