import itertools
from types import SimpleNamespace

import pytest
import screens
from fake_board import Host
from screens import DECISIONS, FOLDER, Dots

from quayscan_fw.display import PAGES, Screen
from quayscan_wire import faults, kinds, messages, show, states


@pytest.fixture
def shown():
    host = Host()
    host.board.display = host.program.screen._display = Dots()
    host.hello()
    return host


@pytest.mark.parametrize("name", [*DECISIONS, "countdown"])
def test_screens_are_the_pictures_that_were_looked_at(name):
    assert screens.pictures()[name] == FOLDER.joinpath(f"{name}.pbm").read_text()


def test_actions_are_told_apart_by_far_more_than_a_word():
    one_each = [screens.decision(show.MATCH, action, 50, "Acetone", "") for action in range(1, 6)]
    for a, b in itertools.combinations(one_each, 2):
        assert sum(x != y for x, y in zip(a, b, strict=True)) > 400


@pytest.mark.parametrize(
    ("substance", "note"), [("W" * 64, "W" * 64), ("W W " * 16, ""), ("", ""), ("é€", "~"), (" ", " "), ("a" * 22, "")]
)
def test_any_text_is_drawn_and_the_bar_stays_whole(substance, note):
    substance, note = substance.encode()[:64].decode(), note.encode()[:64].decode()
    plain = screens.decision(show.MATCH, show.ALERT, 40, "x", "").splitlines()[2:]
    assert screens.decision(show.MATCH, show.ALERT, 40, substance, note).splitlines()[2:][54:] == plain[54:]


def test_a_cut_text_shows_that_it_was_cut():
    table_two = screens.decision(show.MATCH, show.ALERT, 40, "x", "a long name of a list, Table II")
    assert table_two != screens.decision(show.MATCH, show.ALERT, 40, "x", "a long name of a list")
    assert table_two == screens.decision(show.MATCH, show.ALERT, 40, "x", "a long name of a list, Table III")


def test_show_is_answered_and_sent_a_page_a_pass(shown):
    kind, payload = shown.ask(kinds.SHOW, messages.pack_show(*DECISIONS["alert"]))
    assert (kind, messages.unpack_show_answer(payload)) == (kinds.SHOW | kinds.REPLY, {"shown": 1})
    for _ in range(PAGES):
        shown.program.step()
    assert shown.board.display.picture() == FOLDER.joinpath("alert.pbm").read_text()


def test_a_board_without_a_display_says_so(host):
    host.hello()
    assert messages.unpack_show_answer(host.ask(kinds.SHOW, messages.pack_show(*DECISIONS["alert"]))[1])["shown"] == 0


def test_a_broken_display_says_so(shown):
    shown.board.display.works = False
    assert messages.unpack_show_answer(shown.ask(kinds.SHOW, messages.pack_show(*DECISIONS["alert"]))[1])["shown"] == 0


@pytest.mark.parametrize("field", [(0, 1, 5), (6, 1, 5), (1, 0, 5), (1, 6, 5), (1, 1, 101)])
def test_numbers_out_of_range_are_refused(shown, field):
    fault = shown.refused(kinds.SHOW, messages.pack_show(*field, "", ""))
    assert fault["code"] == faults.BAD_PAYLOAD


def test_texts_over_64_bytes_are_refused(shown):
    assert shown.refused(kinds.SHOW, messages.pack_show(1, 1, 5, "x" * 65, ""))["code"] == faults.BAD_PAYLOAD


def test_an_old_decision_is_gone_when_the_next_measurement_begins(shown):
    shown.ask(kinds.SHOW, messages.pack_show(*DECISIONS["alert"]))
    shown.run(20)
    shown.scan(exposure_us=20000, averages=2)
    shown.run(12)
    assert not shown.hardware.light
    assert shown.board.display.picture() not in {path.read_text() for path in FOLDER.iterdir()}


def test_nothing_is_drawn_or_sent_while_the_light_is_on():
    dots = Dots()
    screen = Screen(dots)
    screen.show(0, messages.pack_show(*DECISIONS["alert"]))
    for _ in range(PAGES):
        screen.step(True, SimpleNamespace(job=states.JOB_LIGHT, done=0, total=1, last_end=0))
    assert dots.sent == {}


def test_what_came_of_a_measurement_is_told_even_without_a_host(shown):
    def after(end):
        screen = Screen(dots := Dots())
        for job, last_end in [(states.JOB_DARK, 0)] + PAGES * [(states.JOB_IDLE, end)]:
            screen.step(False, SimpleNamespace(job=job, done=0, total=1, last_end=last_end))
        for _ in range(PAGES):
            screen.step(False, SimpleNamespace(job=states.JOB_IDLE, done=0, total=1, last_end=end))
        return dots.picture()

    assert len({after(end) for end in (0, faults.KEY_OFF, faults.INTERLOCK_OPEN)}) == 3
