"""`Switches`: what stands around a board and can be set from outside: key, interlock, trigger, the light's heat."""

from __future__ import annotations

import threading
from collections.abc import Callable

from ..board import Board
from .interlock import Interlock
from .line_log import LineLog

_LOGGED = {"enable": "enable", "key_on": "key", "interlock_closed": "interlock", "light_temp_c": "light_temp"}
"""Names in `lines` of what is set in the hardware chain."""


class Switches:
    """The hardware chain of one board, each change of which is logged.

    Attributes
    ----------
    lines : every change of a line with its time. `welded`: the interlock's contact does not open.
    """

    def __init__(self, board: Board, clock: Callable[[], float], *, welded: bool) -> None:
        self.lines = LineLog(clock)
        self._clock = clock
        self._lock = threading.RLock()
        self._welded = welded
        self._trigger_held = False
        self._interlock = Interlock(
            one_shot_s=board.safety.one_shot_ms * 1e-3,
            cutout_c=board.light.cutout_c,
            light_temp_c=board.light.temp_c,
            on_change=lambda at, on: self.lines.note("light", on, at),
        )

    def _set(self, name: str, value: bool | float) -> None:
        with self._lock:
            self._interlock.settle(self._clock())
            if name in _LOGGED and value != getattr(self._interlock, name):
                self.lines.note(_LOGGED[name], value)
            setattr(self._interlock, name, value)
            self._interlock.settle(self._clock())

    @property
    def trigger_held(self) -> bool:
        """The trigger, which the program reads."""
        return self._trigger_held

    @trigger_held.setter
    def trigger_held(self, held: bool) -> None:
        self._trigger_held = held
        self.lines.note("trigger", held)

    @property
    def key_on(self) -> bool:
        """The key switch."""
        return self._interlock.key_on

    @key_on.setter
    def key_on(self, on: bool) -> None:
        self._set("key_on", on)

    @property
    def interlock_closed(self) -> bool:
        """The remote interlock connector."""
        return self._interlock.interlock_closed

    @interlock_closed.setter
    def interlock_closed(self, closed: bool) -> None:
        self._set("interlock_closed", closed or self._welded)

    @property
    def light_temp_c(self) -> float:
        """Temperature of the laser or lamp; the thermal switch opens at the board's `cutout_c`."""
        return self._interlock.light_temp_c

    @light_temp_c.setter
    def light_temp_c(self, temp_c: float) -> None:
        self._set("light_temp_c", temp_c)
