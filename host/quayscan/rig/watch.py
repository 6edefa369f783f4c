"""What the controller's events say: how fast the light went off, and whether it was ever on against the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quayscan_hardware.board import Board
from quayscan_hardware.rig.controller import ENABLE, INDICATOR, INTERLOCK, KEY, Event

from ..errors import RigViolation
from .result import Latency

CLOCK_MS = 2.0
"""Two clocks of one millisecond each stand between a time that the device keeps and one that the rig reads."""

CLOCK_SHARE = 0.02
"""And no clock of a board is better than this: a crystal is, a drift that the rig itself makes is not."""

ON_TIME_MS = 50.0
"""Over the longest emission, for the loop and for the rig's own reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What the light must go off for.

    Attributes
    ----------
    line, value : the event. named : what it is called in a result. limit_ms : in which the light must be off.
    grace_ms : time that the firmware's own clock counts before it is to act, as the heartbeat's limit.
    """

    line: str
    value: float
    named: str
    limit_ms: float
    grace_ms: float = 0.0


def off_latency(events: Sequence[Event], cause: Cause, at_us: Callable[[int], int]) -> Latency:
    """From the last time that the cause was there while the light was enabled, to the enable line's fall.

    `at_us` gives the judged clock at a time: of the time after the grace only that counts.

    Raises
    ------
    RigViolation
        The cause was never seen with the light on, or the line did not fall.
    """
    enabled, began = False, None
    for event in events:
        if event.line == ENABLE:
            if began is not None and not event.value:
                return _between(began, event, cause, at_us)
            enabled = bool(event.value)
        elif enabled and event.line == cause.line and event.value == cause.value:
            began = event
    if began is None:
        raise RigViolation(f"the light was not on when {cause.named} came to {cause.value:g}: nothing was tried")
    raise RigViolation(f"{cause.named} came to {cause.value:g} and the board still asks for light")


def _between(began: Event, ended: Event, cause: Cause, at_us: Callable[[int], int]) -> Latency:
    wall_ms = (ended.wall_us - began.wall_us) * 1e-3
    since_us = at_us(began.wall_us + round(1e3 * cause.grace_ms)) if cause.grace_ms else began.at_us
    late_ms = max(0, ended.at_us - since_us) * 1e-3
    return Latency(
        cause=cause.named,
        gate_ms=min(cause.grace_ms + late_ms, wall_ms) if cause.grace_ms else late_ms,
        limit_ms=cause.limit_ms,
        wall_ms=wall_ms,
        passes=ended.passes - began.passes if began.passes >= 0 else -1,
    )


SHARED_MS = 60.0
"""A desktop may take a program off its processor for so long between reading its clock and driving a pin."""


def check_emissions(events: Sequence[Event], board: Board, slack_ms: float = 0.0) -> None:
    """No light without key, interlock and a lit indicator, none too long, none without its warning.

    `slack_ms` is what a desktop may add to any time: `SHARED_MS` on the virtual bench.

    Raises
    ------
    RigViolation
        Names the rule that was broken, and by how much.
    """
    levels = {INTERLOCK: 1.0, KEY: 1.0, INDICATOR: 0.0}
    since: dict[str, int] = {}
    on_at: Event | None = None
    for event in events:
        if event.line in levels:
            levels[event.line] = event.value
            since[event.line] = event.wall_us
        if event.line == ENABLE and event.value:
            _check_start(event, levels, since, board, slack_ms)
            on_at = event
        elif event.line == ENABLE and on_at is not None:
            _check_length(on_at, event, board, slack_ms)
            on_at = None


def _check_start(event: Event, levels: dict[str, float], since: dict[str, int], board: Board, slack_ms: float) -> None:
    for line in (INTERLOCK, KEY):
        open_ms = (event.wall_us - since.get(line, event.wall_us)) * 1e-3
        if not levels[line] and open_ms > board.rig.light_off_ms + slack_ms:
            raise RigViolation(f"light was asked for with the {line} open for {open_ms:.0f} ms")
    if event.passes < 0 and INDICATOR not in since:
        return  # a rig that does not see the indicator
    warned_ms = (event.wall_us - since.get(INDICATOR, event.wall_us)) * 1e-3
    if not levels[INDICATOR] or warned_ms < (1 - CLOCK_SHARE) * board.safety.warning_ms - CLOCK_MS - slack_ms:
        raise RigViolation(
            f"light came on {warned_ms:.0f} ms after its indicator, and {board.safety.warning_ms} ms of warning are due"
        )


def _check_length(began: Event, ended: Event, board: Board, slack_ms: float) -> None:
    lasted_ms = (ended.wall_us - began.wall_us) * 1e-3
    limit_ms = board.safety.max_on_ms + ON_TIME_MS + slack_ms
    if lasted_ms > limit_ms:
        raise RigViolation(f"light was on for {lasted_ms:.0f} ms and {board.safety.max_on_ms} are allowed")
