"""`BenchController`: a virtual board's switches are attributes, its lines the bench's own log."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from ..bench import Change
from ..sim import SimFailed, VirtualBoard
from .controller import (
    INTERLOCK,
    KEY,
    LIGHT_TEMP,
    MARK,
    POWER,
    SAFE,
    STIMULUS,
    TRIGGER,
    Event,
    RigError,
    Step,
)

_SPIN_S = 0.0005
"""The last part of a wait between steps is spent awake: a sleep may last a little longer than asked."""


class BenchController:
    """The rig of a virtual board."""

    def __init__(self, board: VirtualBoard) -> None:
        self.name = "virtual bench"
        self.shared_cpu = True
        self._board = board
        self._bench = board.bench
        self._taken = self._bench.lines.count()
        self._lock = threading.Lock()
        self._drives: dict[str, Callable[[float], None]] = {
            INTERLOCK: lambda value: setattr(self._bench, "interlock_closed", bool(value)),
            KEY: lambda value: setattr(self._bench, "key_on", bool(value)),
            TRIGGER: lambda value: setattr(self._bench, "trigger_held", bool(value)),
            STIMULUS: self._stimulate,
            LIGHT_TEMP: lambda value: setattr(self._bench, "light_temp_c", value),
            POWER: self._power,
            MARK: lambda value: self._bench.lines.note(MARK, value),
        }
        self.lines = frozenset(self._drives)

    def drive(self, line: str, value: float) -> None:
        """Drive a line now."""
        if line not in self._drives:
            raise RigError(f"the bench has no line {line!r}: it drives {', '.join(sorted(self._drives))}")
        self._drives[line](value)

    def play(self, steps: Sequence[Step]) -> None:
        """Drive lines one after the other."""
        due = time.monotonic()
        for step in steps:
            due += step.after_us * 1e-6
            _wait_until(due)
            self.drive(step.line, step.value)

    def events(self) -> list[Event]:
        """What changed since the last call."""
        _ = self._bench.light_on  # brings its log up to now: a one-shot may have run out
        with self._lock:
            changes = self._bench.lines.since(self._taken)
            self._taken += len(changes)
        return [_event(change) for change in changes]

    def at_us(self, wall_us: int) -> int:
        """The loop's clock at a time."""
        return round(1e6 * self._bench.lines.loop_at(1e-6 * wall_us))

    def enabled(self) -> bool:
        """Whether the program asks for light."""
        return self._bench.enabled

    def close(self) -> None:
        """Leave all lines safe."""
        for line, value in SAFE:
            self.drive(line, value)

    def _stimulate(self, value: float) -> None:
        self._bench.stimulus = value
        self._bench.lines.note(STIMULUS, value)

    def _power(self, on: float) -> None:
        if not on:
            self._board.kill()
            return
        try:
            self._board.restart()
        except SimFailed as exc:
            raise RigError(f"the board under test does not start: {exc}") from exc


def _wait_until(due: float) -> None:
    left = due - time.monotonic()
    if left > _SPIN_S:
        time.sleep(left - _SPIN_S)
    while time.monotonic() < due:
        pass


def _event(change: Change) -> Event:
    return Event(
        at_us=round(1e6 * change.loop_s),
        wall_us=round(1e6 * change.wall_s),
        line=change.line,
        value=change.value,
        passes=change.passes,
    )
