"""Who does what no message can: put something before the probe, open the interlock, turn the key."""

from __future__ import annotations

from typing import Any, Protocol


class Hands(Protocol):
    """A person, or a bench that is its own."""

    def interlock(self, *, closed: bool) -> None:
        """Open or close the remote interlock connector."""

    def key(self, *, on: bool) -> None:
        """Turn the key switch."""


class BenchHands:
    """A virtual bench: its switches are attributes."""

    def __init__(self, bench: Any) -> None:
        self._bench = bench

    def interlock(self, *, closed: bool) -> None:
        """Open or close it; a welded one does not open."""
        self._bench.interlock_closed = closed

    def key(self, *, on: bool) -> None:
        """Turn the key switch."""
        self._bench.key_on = on
