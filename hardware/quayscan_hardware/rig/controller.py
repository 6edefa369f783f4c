"""`RigController`: what acts on a board from outside, and sees its light, with times of its own clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

INTERLOCK, KEY, TRIGGER, POWER, STIMULUS, LIGHT_TEMP, MARK = (
    "interlock",
    "key",
    "trigger",
    "power",
    "stimulus",
    "light_temp",
    "mark",
)
"""Lines that a rig drives, and MARK: a moment that the host wants to find again among the events."""

ENABLE, LIGHT, INDICATOR = "enable", "light", "indicator"
"""Lines that a rig measures: the board's command to the light's driver, what the photodiode sees, the indicator."""

SAFE: tuple[tuple[str, float], ...] = (
    (INTERLOCK, 1),
    (KEY, 1),
    (TRIGGER, 0),
    (STIMULUS, 0),
    (LIGHT_TEMP, 25.0),
)
"""How a rig leaves a board between two cases: nothing that forbids light, nothing that asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line's new value.

    Attributes
    ----------
    at_us : on the clock that latencies are judged by, microseconds. On a desktop, which may keep a virtual board from
        running, it is the loop's clock (`bench.line_log`); on a rig board it is simply the time.
    wall_us : the time. passes : of the firmware's loop so far; -1 where nobody can count them.
    line, value : as driven or measured; temperatures in degC, the stimulus 0 to 1, switches 0 or 1.
    """

    at_us: int
    wall_us: int
    line: str
    value: float
    passes: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Drive `line` to `value`, so many microseconds after the step before."""

    after_us: int
    line: str
    value: float


class RigController(Protocol):
    """Whoever holds a board's switches and watches its light.

    Attributes
    ----------
    name : for messages. lines : those that it drives; the others are somebody else's.
    shared_cpu : whether board and controller are programs of one desktop, which may keep them from running.
    """

    name: str
    lines: frozenset[str]
    shared_cpu: bool

    def drive(self, line: str, value: float) -> None:
        """Drive a line now.

        Raises
        ------
        RigError
            It has no such line, or does not answer.
        """

    def play(self, steps: Sequence[Step]) -> None:
        """Drive lines one after the other, timed by the controller itself; comes back when all are done."""

    def events(self) -> list[Event]:
        """What was driven and measured since the last call, oldest first; of INDICATOR and passes what it can see."""

    def at_us(self, wall_us: int) -> int:
        """What the clock that latencies are judged by showed at a time."""

    def enabled(self) -> bool:
        """Whether the board asks for light at this moment."""

    def close(self) -> None:
        """Leave all lines safe and let go. May be repeated."""


class RigError(RuntimeError):
    """The rig itself failed; says what to look at. Nothing was learnt about the board."""
