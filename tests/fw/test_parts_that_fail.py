"""Parts that fail as real ones do, before the program that must bear it."""

import pytest
from fake_board import FakeBoard, FakeFlash

from quayscan_fw.bench_faults import CutFlash, OddClock, broken

PERIOD = 1 << 30


class Clock:
    now = 1000

    def ms(self):
        return self.now

    def diff(self, later, earlier):
        return later - earlier


def test_a_clock_wraps_at_two_to_the_thirty_and_differences_do_not():
    inner = Clock()
    clock = OddClock(inner, PERIOD - 100, 1.0)
    before = clock.ms()
    inner.now += 250
    assert (before, clock.ms()) == (PERIOD - 100, 150)
    assert clock.diff(clock.ms(), before) == 250
    assert clock.diff(before, clock.ms()) == -250
    assert clock.uptime_ms() == 250


@pytest.mark.parametrize(("rate", "seen"), [(1.02, 10200), (0.98, 9800)])
def test_a_clock_runs_fast_or_slow(rate, seen):
    inner = Clock()
    clock = OddClock(inner, 0, rate)
    inner.now += 10000
    assert clock.diff(clock.ms(), 0) == seen


@pytest.mark.parametrize("budget", [0, 100, 256, 300, 511])
def test_flash_loses_its_power_at_the_byte(budget):
    flash = FakeFlash(8192)
    cut = CutFlash(flash, budget)
    with pytest.raises(SystemExit):
        cut.write(0, bytes(512))
    assert flash.content[: budget + 1] == bytes(budget) + b"\xff"


def test_an_erase_that_the_power_does_not_last_for_leaves_the_sector():
    flash = FakeFlash(8192)
    flash.write(0, bytes(256))
    cut = CutFlash(flash, 5000)
    cut.erase(0)
    assert flash.content[0] == 0xFF
    flash.write(0, bytes(256))
    with pytest.raises(SystemExit):
        cut.erase(0)
    assert flash.content[0] == 0


def test_only_the_parts_that_are_named_are_replaced():
    board = FakeBoard()
    clock, detector, flash = board.clock, board.detector, board.flash
    assert broken(board, {"flash_cut": 5}) is board
    assert (board.clock, board.detector) == (clock, detector)
    assert board.flash is not flash


def test_a_part_breaks_at_its_frame(monkeypatch):
    class Hung(Exception):
        pass

    def sleep(seconds):
        raise Hung

    monkeypatch.setattr("time.sleep", sleep)
    board = FakeBoard()
    board.detector.start(1000)
    broken(board, {"hang": 1, "at_frame": 3})
    board.detector.start(1000)
    board.detector.start(1000)
    with pytest.raises(Hung):
        board.detector.start(1000)
