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
    """Counts costly steps and reports each; what is left is guessed from the mean of those timed."""

    def __init__(self, total: int, on_progress: OnProgress) -> None:
        self._total = total
        self._report = on_progress
        self._done = 0
        self._timed: list[float] = []

    def step(self, stage: str, seconds: float | None) -> None:
        """One step is done; `seconds` is None for one that was read from disk."""
        self._done += 1
        if seconds is not None:
            self._timed.append(seconds)
        left = max(0, self._total - self._done)
        guess = left * sum(self._timed) / len(self._timed) if self._timed else None
        total = max(self._total, self._done)
        self._report(Progress(stage=stage, done=self._done, total=total, seconds_left=guess))
