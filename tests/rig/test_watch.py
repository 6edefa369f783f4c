"""Events of a rig become latencies, and break rules or keep them."""

from __future__ import annotations

import pytest

from quayscan.errors import RigViolation
from quayscan.rig.watch import Cause, check_emissions, off_latency
from quayscan_hardware import load_board
from quayscan_hardware.rig import Event

BOARD = load_board("raman785")
INTERLOCK = Cause(line="interlock", value=0, named="interlock", limit_ms=10.0)
SILENCE = Cause(line="mark", value=1, named="silence", limit_ms=410.0, grace_ms=400.0)


def events(*rows: tuple[float, str, float]) -> list[Event]:
    """(milliseconds, line, value) each; a pass a millisecond."""
    return [
        Event(at_us=round(1e3 * at), wall_us=round(1e3 * at), line=line, value=value, passes=round(at))
        for at, line, value in rows
    ]


def same(wall_us: int) -> int:
    return wall_us


def test_a_latency_runs_from_the_last_cause_under_light_to_the_fall() -> None:
    rows = events(
        (0, "interlock", 0), (5, "interlock", 1), (100, "enable", 1), (200, "interlock", 0), (201, "interlock", 1),
        (210, "interlock", 0), (213, "enable", 0), (214, "interlock", 1),
    )  # fmt: skip
    found = off_latency(rows, INTERLOCK, same)
    assert (found.gate_ms, found.wall_ms, found.passes, found.cause) == (3.0, 3.0, 3, "interlock")


def test_after_a_grace_only_the_judged_clock_counts() -> None:
    """A clock that stood still for 30 ms after the limit: 433 by the wall, 403 judged."""
    rows = events((0, "enable", 1), (10, "mark", 1), (443, "enable", 0))
    stood = [rows[0], rows[1], Event(at_us=413_000, wall_us=443_000, line="enable", value=0, passes=400)]
    found = off_latency(stood, SILENCE, same)
    assert (found.gate_ms, found.wall_ms) == (403.0, 433.0)


def test_light_that_goes_before_the_grace_is_over_is_told_by_the_wall() -> None:
    rows = events((0, "enable", 1), (10, "mark", 1), (300, "enable", 0))
    assert off_latency(rows, SILENCE, same).gate_ms == 290.0


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(0, "enable", 1), (5, "interlock", 0)], "still asks for light"),
        ([(0, "interlock", 0), (5, "enable", 1), (9, "enable", 0)], "nothing was tried"),
        ([], "nothing was tried"),
    ],
)
def test_no_latency_is_made_up(rows: list[tuple[float, str, float]], said: str) -> None:
    with pytest.raises(RigViolation, match=said):
        off_latency(events(*rows), INTERLOCK, same)


SOUND = [(0, "indicator", 1), (201, "enable", 1), (900, "enable", 0), (900, "indicator", 0)]


def test_a_sound_emission_breaks_no_rule() -> None:
    check_emissions(events(*SOUND), BOARD)
    check_emissions([], BOARD)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(0, "interlock", 0), *[(at + 50, line, value) for at, line, value in SOUND]], "interlock open"),
        ([(0, "key", 0), *[(at + 50, line, value) for at, line, value in SOUND]], "key open"),
        ([(0, "indicator", 1), (120, "enable", 1)], "120 ms after its indicator"),
        ([(0, "enable", 1)], "indicator"),
        ([(0, "indicator", 1), (201, "enable", 1), (30_300, "enable", 0)], "30000 are allowed"),
    ],
)
def test_each_rule_is_told_when_it_is_broken(rows: list[tuple[float, str, float]], said: str) -> None:
    with pytest.raises(RigViolation, match=said):
        check_emissions(events(*rows), BOARD)


def test_a_desktop_s_slack_is_no_more_than_it_says() -> None:
    late = events((0, "indicator", 1), (150, "enable", 1))
    check_emissions(late, BOARD, slack_ms=60.0)
    with pytest.raises(RigViolation):
        check_emissions(late, BOARD, slack_ms=40.0)
