"""The white tile of a near-infrared board: before the window, away from it, or for a moment half way."""

from __future__ import annotations

from collections.abc import Callable

HALF_WAY = 0.5


class WhiteTile:
    """A tile that takes `move_s` seconds to come or go. It starts away from the window."""

    def __init__(self, move_s: float, clock: Callable[[], float]) -> None:
        self.before = False
        self._move_s = move_s
        self._clock = clock
        self._moved = float("-inf")

    def place(self, before: bool) -> None:
        """Send it before the window or away from it."""
        if before != self.before:
            self.before, self._moved = before, self._clock()

    def share(self, at: float) -> float:
        """The share of the view that it covers in a frame begun at that time."""
        return HALF_WAY if at < self._moved + self._move_s else float(self.before)
