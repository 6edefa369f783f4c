"""The loop's clock: as the wall's while the program runs, and standing still while it is kept from running."""

from __future__ import annotations

import pytest

from quayscan_hardware.bench.line_log import PASS_S, WORK_S, LineLog


class Clock:
    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def lines(clock: Clock) -> LineLog:
    return LineLog(clock)


def run(lines: LineLog, clock: Clock, gaps: list[float]) -> None:
    for gap in gaps:
        clock.now += gap
        lines.passed()


def test_short_passes_count_as_they_are(lines: LineLog, clock: Clock) -> None:
    run(lines, clock, [0.001, 0.005, 0.002])
    clock.now += 0.0015
    lines.note("key", 0)
    (change,) = lines.since(0)
    assert change.loop_s == pytest.approx(0.0095)
    assert (change.passes, change.wall_s) == (3, clock.now)


def test_a_program_that_is_kept_from_running_is_not_taken_for_slow(lines: LineLog, clock: Clock) -> None:
    run(lines, clock, [0.001, 0.5, 0.001])
    assert lines.loop_at(lines.wall_s()) == pytest.approx(0.002 + PASS_S)


def test_the_clock_at_an_earlier_time_is_what_it_showed_then(lines: LineLog, clock: Clock) -> None:
    run(lines, clock, [0.004] * 10)
    assert lines.loop_at(50.02) == pytest.approx(0.02)
    assert lines.loop_at(50.022) == pytest.approx(0.022)
    assert lines.loop_at(49.0) == 0.0


def test_changes_are_told_from_a_number_on(lines: LineLog) -> None:
    for value in range(5):
        lines.note("key", value)
    assert [change.value for change in lines.since(3)] == [3.0, 4.0]
    assert lines.count() == 5


def test_a_change_may_have_a_time_of_its_own(lines: LineLog, clock: Clock) -> None:
    clock.now += 1.0
    lines.note("light", 0, 50.25)
    assert lines.since(0)[0].wall_s == 50.25


def test_the_longest_pause_of_a_program_is_its_own_and_not_that_between_two(lines: LineLog, clock: Clock) -> None:
    run(lines, clock, [0.3, 0.002])
    mark = lines.passes
    clock.now += 5.0
    lines.restart()
    run(lines, clock, [0.004, 0.003])
    assert lines.longest_gap_s(mark) == pytest.approx(0.004)
    assert lines.longest_gap_s(0) == pytest.approx(0.3)


def test_what_the_program_drives_comes_right_after_its_reading(lines: LineLog, clock: Clock) -> None:
    run(lines, clock, [0.001])
    clock.now += 0.004
    lines.note("interlock", 0)
    clock.now += 0.030
    lines.passed()
    clock.now += 0.020
    lines.note("enable", 0)
    cause, fall = lines.since(0)
    assert fall.loop_s - cause.loop_s == pytest.approx(PASS_S - 0.004 + WORK_S)
    assert fall.passes - cause.passes == 1
