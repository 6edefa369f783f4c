import pytest
from fake_board import FakeBoard, Host

from quayscan_fw import program
from quayscan_fw.board import BoardGone, LinkClosed
from quayscan_wire import faults, kinds, messages, states


def test_light_is_driven_off_before_anything_is_read():
    board = FakeBoard()
    order = []
    board.hardware.drive = lambda *pins: order.append(pins)
    read = board.hardware.read
    board.hardware.read = lambda: order.append("read") or read()
    program.Program(board)
    assert order[:2] == [(False, False, 0), "read"]


@pytest.mark.parametrize("error", [LinkClosed("x"), BoardGone("x"), KeyboardInterrupt()])
def test_whatever_ends_the_run_drives_the_light_off(error):
    board = FakeBoard()

    def end():
        board.hardware.enable = True
        raise error

    board.link.read = end
    if isinstance(error, KeyboardInterrupt):
        with pytest.raises(KeyboardInterrupt):
            program.run(board)
    else:
        program.run(board)
    assert not board.hardware.enable


def test_failing_program_turns_the_light_off_then_reports(emitting):
    emitting.program.fail(MemoryError("no room"))
    assert not emitting.hardware.enable
    emitting.run(3)
    emitting.replies()
    assert [(fault["code"], fault["text"]) for fault in emitting.unasked] == [(faults.PROGRAM, "MemoryError: no room")]
    status = emitting.status()
    assert (status["state"], status["last_end"]) == (states.FAULT, faults.PROGRAM)
    assert emitting.ask(kinds.CLEAR)[1] == messages.pack_state(states.READY)


def test_error_in_a_pass_is_caught_by_the_loop_and_the_loop_goes_on():
    board = FakeBoard()
    passes = []

    def read():
        passes.append(1)
        if len(passes) == 2:
            raise LinkClosed("end")
        raise RuntimeError("first pass")

    board.link.read = read
    board.link.wait = lambda ms, to_write: None
    program.run(board)
    assert len(passes) == 2


def test_slow_reader_does_not_hold_up_safety(emitting):
    emitting.board.link.room = 0
    emitting.beating = True
    emitting.hardware.flags = 1
    emitting.run(2)
    assert not emitting.hardware.enable


def test_idle_loop_sleeps_and_a_busy_one_does_not(host):
    host.hello()
    assert host.program.step() == program.IDLE_MS
    host.scan()
    assert host.program.step() <= 1


def test_watchdog_is_fed_after_each_pass_that_made_its_checks_and_after_no_other():
    board = FakeBoard()
    reads = []
    fresh = board.hardware.read

    def read():
        reads.append(board.watchdog.fed)
        if len(reads) == 5:
            raise LinkClosed("end")
        if len(reads) in (3, 4):
            raise RuntimeError("the inputs cannot be read")
        return fresh()

    board.hardware.read = read
    board.link.wait = lambda ms, to_write: None
    program.run(board)
    assert reads == [0, 0, 1, 1, 1]  # the first read is the guard's own; then one a pass, two of which fail
    assert board.watchdog.fed == 1


def test_panel_is_told_the_state_after_each_pass():
    host = Host()
    host.hello()
    host.board.link.wait = lambda ms, to_write: None
    program._pass(host.program, host.board)
    assert host.board.panel.shown == [host.program.guard.state]
