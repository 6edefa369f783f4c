"""How far a computation is and how long it still takes."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One step of a computation. `seconds_left` is None until a step of each costly kind has been timed."""

    stage: str
    done: int
    total: int
    seconds_left: float | None


OnProgress = Callable[[Progress], None]


class Meter:
    """Counts costly steps and reports each; the time left is guessed from the mean of those timed."""

    def __init__(self, on_progress: OnProgress) -> None:
        self._left = 0
        self._report = on_progress
        self._done = 0
        self._timed: list[float] = []

    def expect(self, steps: int) -> None:
        """So many steps are still to come, as far as can be told now."""
        self._left = steps

    def step(self, stage: str, seconds: float | None) -> None:
        """One step is done; `seconds` is None for one that was read from disk."""
        self._done += 1
        if seconds is not None:
            self._timed.append(seconds)
        self._left = max(0, self._left - 1)
        guess = self._left * sum(self._timed) / len(self._timed) if self._timed else None
        self._report(Progress(stage=stage, done=self._done, total=self._done + self._left, seconds_left=guess))
