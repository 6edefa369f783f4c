"""Every change of a line with its time, and a clock that counts the program's passes: what a rig's probes would see.

A desktop that is busy keeps the program from running, which no board does. So there are two times. The wall's, and the
loop's: it goes on with each pass of the program, by the time since the one before and at most `PASS_S`, which is the
longest that the program's loop sleeps, and `WORK_S` for its work. What the program drives, it drives by a reading that
it has just made: at most `WORK_S` after it.
"""

from __future__ import annotations

import bisect
import math
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

WORK_S = 0.001
"""Of a pass without its sleep: far more than it takes (chosen)."""

PASS_S = 0.005 + WORK_S
"""The loop sleeps at most 5 ms (`quayscan_fw.program`)."""

DRIVEN = ("enable", "indicator")
"""Lines that the program drives."""

GAPS_KEPT = 20000


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A line's new value: when on the wall's and on the loop's clock (seconds), and after how many passes."""

    wall_s: float
    loop_s: float
    passes: int
    line: str
    value: float


class LineLog:
    """Changes, oldest first. A pass is a reading of the inputs: each pass of the program makes one at least.

    Attributes
    ----------
    passes : so far. gaps : seconds of the wall's clock between the last passes.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.passes = 0
        self.gaps: deque[float] = deque(maxlen=GAPS_KEPT)
        self._clock = clock
        self._loop_s = 0.0
        self._last = clock()
        self._clocks: deque[tuple[float, float]] = deque([(self._last, 0.0)], maxlen=GAPS_KEPT)
        self._changes: list[Change] = []
        self._lock = threading.Lock()

    def restart(self) -> None:
        """A program begins: the time since the last pass was nobody's."""
        with self._lock:
            self._last = self._clock()

    def passed(self) -> None:
        """The program read its inputs."""
        with self._lock:
            now = self._clock()
            gap = now - self._last
            self.passes += 1
            self.gaps.append(gap)
            self._loop_s += min(gap, PASS_S)
            self._last = now
            self._clocks.append((now, self._loop_s))

    def longest_gap_s(self, since: int) -> float:
        """The longest time, on the wall's clock, between two passes from the pass of that number on."""
        with self._lock:
            gaps = list(self.gaps)[-max(self.passes - since, 1) :]
        return max(gaps, default=0.0)

    def loop_at(self, wall_s: float) -> float:
        """The loop's clock at a time of the wall's, seconds."""
        with self._lock:
            clocks = list(self._clocks)
        at = bisect.bisect_right(clocks, (wall_s, math.inf)) - 1
        wall, loop = clocks[max(at, 0)]
        return loop + min(max(wall_s - wall, 0.0), PASS_S)

    def wall_s(self) -> float:
        """The wall's clock, seconds."""
        return self._clock()

    def note(self, line: str, value: float, wall_s: float | None = None) -> None:
        """A line changed, now or at the time given."""
        with self._lock:
            now = self._clock() if wall_s is None else wall_s
            most_s = WORK_S if line in DRIVEN else PASS_S
            loop_s = self._loop_s + min(max(now - self._last, 0.0), most_s)
            change = Change(wall_s=now, loop_s=loop_s, passes=self.passes, line=line, value=float(value))
            self._changes.append(change)

    def since(self, number: int) -> list[Change]:
        """Changes from the `number`th on, counted from the first that there ever was, oldest first."""
        with self._lock:
            return self._changes[number:]

    def count(self) -> int:
        """Changes so far."""
        with self._lock:
            return len(self._changes)
