"""The rig board's program on plain objects: it does what it is told, once, and writes down when."""

import pytest
from plain_rig import PlainRig, RigHost

from quayscan_rig.event_log import EventLog
from quayscan_rig.player import play, since
from quayscan_rig.program import run
from quayscan_rig.rig_board import SAFE
from quayscan_wire import faults, kinds, messages, rig


@pytest.fixture
def host():
    return RigHost()


def test_it_begins_with_nothing_that_forbids_light_or_asks_for_it(host):
    assert [(line, value) for _, line, value in host.board.driven] == list(SAFE)


def test_hello_says_that_it_is_a_rig_board(host):
    kind, payload = host.ask(kinds.HELLO, messages.pack_hello(1, bytes(16)))
    told = messages.unpack_hello_answer(payload)
    assert (kind, told["board"], told["uid"], told["pixels"]) == (0x81, "rig", bytes(range(8)), 0)


@pytest.mark.parametrize(("line", "value"), [(rig.INTERLOCK, 0), (rig.STIMULUS, 350), (rig.LIGHT_TEMP, -4000)])
def test_a_line_is_driven_and_written_down_with_its_time(host, line, value):
    before = host.program.log.count
    kind, payload = host.ask(rig.DRIVE, rig.pack_drive(line, value))
    clock_us = rig.unpack_clock(payload)["clock_us"]
    assert kind == rig.DRIVE | kinds.REPLY
    assert host.board.driven[-1] == (clock_us, line, value)
    assert host.events(before)["events"] == [(clock_us, line, value)]


def test_a_repeat_is_not_done_twice(host):
    first = host.ask(rig.DRIVE, rig.pack_drive(rig.POWER, 0), seq=9)
    times = len(host.board.driven)
    assert host.ask(rig.DRIVE, rig.pack_drive(rig.POWER, 0), seq=9) == first
    assert len(host.board.driven) == times


def test_a_sequence_keeps_its_microseconds(host):
    steps = [(1000, rig.INTERLOCK, 0), (300, rig.INTERLOCK, 1), (0, rig.MARK, 5)]
    before = len(host.board.driven)
    host.ask(rig.PLAY, rig.pack_play(steps))
    times = [at for at, _, _ in host.board.driven[before:]]
    assert times[1] - times[0] == pytest.approx(300, abs=8)
    assert times[2] - times[1] < 8


@pytest.mark.parametrize("start", [0, (1 << 32) - 500])
def test_a_sequence_goes_on_over_the_clock_s_end(start):
    board = PlainRig(start)
    play(board, [(400, 1, 0), (400, 1, 1)], board.drive)
    (first, _, _), (second, _, _) = board.driven
    assert since(second, first) == pytest.approx(400, abs=8)


def test_edges_stand_before_what_was_driven_after_them(host):
    before = host.program.log.count
    host.board.edges = [(5, rig.ENABLE, 1), (6, rig.LIGHT, 1)]
    host.ask(rig.DRIVE, rig.pack_drive(rig.INTERLOCK, 0))
    host.board.edges = [(90, rig.ENABLE, 0)]
    lines = [line for _, line, _ in host.events(before)["events"]]
    assert lines == [rig.ENABLE, rig.LIGHT, rig.INTERLOCK, rig.ENABLE]


def test_many_events_come_in_parts_and_lost_ones_show(host):
    host.board.edges = [(number, rig.ENABLE, number % 2) for number in range(1500)]
    answer = host.events(0)
    assert answer["first"] == 1500 + len(SAFE) - 1024
    assert len(answer["events"]) == rig.MOST_EVENTS
    assert answer["left"] == 1024 - rig.MOST_EVENTS


def test_read_tells_enable_and_photodiode(host):
    answer = rig.unpack_read_answer(host.ask(rig.READ)[1])
    assert (answer["enable"], answer["photodiode"]) == (1, 4321)


@pytest.mark.parametrize(
    ("kind", "payload", "code"),
    [
        (kinds.SCAN, b"", faults.UNKNOWN_KIND),
        (rig.DRIVE, rig.pack_drive(rig.ENABLE, 1), faults.BAD_PAYLOAD),
        (rig.DRIVE, b"", faults.BAD_PAYLOAD),
        (rig.PLAY, rig.pack_play([(0, rig.INTERLOCK, 0), (0, 200, 1)]), faults.BAD_PAYLOAD),
        (rig.READ, b"x", faults.BAD_PAYLOAD),
        (kinds.HELLO, b"", faults.BAD_PAYLOAD),
    ],
)
def test_what_it_cannot_do_is_refused_and_nothing_is_driven(host, kind, payload, code):
    times = len(host.board.driven)
    assert host.refused(kind, payload)["code"] == code
    assert len(host.board.driven) == times


def test_a_slow_reader_gets_the_whole_answer(host):
    host.board.link.room = 3
    assert host.ask(rig.READ)[0] == rig.READ | kinds.REPLY


def test_when_its_link_closes_the_lines_are_left_safe():
    board = PlainRig()
    board.link.closed = True
    run(board)
    assert [(line, value) for _, line, value in board.driven[-len(SAFE) :]] == list(SAFE)


def test_the_log_counts_from_the_start_and_keeps_the_last():
    log = EventLog(kept=4)
    for number in range(6):
        log.add(number, 1, -number)
    assert log.since(0, 100) == (2, 0, [(number, 1, -number) for number in range(2, 6)])
    assert log.since(5, 100) == (5, 0, [(5, 1, -5)])
    assert log.since(2, 3) == (2, 1, [(number, 1, -number) for number in range(2, 5)])
