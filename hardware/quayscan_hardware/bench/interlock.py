"""The hardware interlock: the bench, not the program, decides whether the light is on.

The light is on only while enable is driven, the key is on, the interlock is closed, the thermal switch is
closed, the one-shot was retriggered within its time, and the wiring is connected. Time is passed in, in seconds.
"""

from __future__ import annotations

from collections.abc import Callable


class Interlock:
    """The chain in series with the light's driver.

    `log` holds (time, on) for each transition, so that the time with light can be told for any interval;
    `on_change` is told of each too.
    """

    def __init__(
        self,
        *,
        one_shot_s: float,
        cutout_c: float,
        light_temp_c: float,
        on_change: Callable[[float, bool], None] = lambda at, on: None,
    ) -> None:
        self.enable = False
        self.key_on = True
        self.interlock_closed = True
        self.light_temp_c = light_temp_c
        self.connected = False
        self.log: list[tuple[float, bool]] = []
        self._on_change = on_change
        self._one_shot_s = one_shot_s
        self._cutout_c = cutout_c
        self._runs_until = float("-inf")

    def retrigger(self, now: float) -> None:
        """The pulse that keeps the one-shot running."""
        self.settle(now)
        self._runs_until = now + self._one_shot_s
        self.settle(now)

    def settle(self, now: float) -> bool:
        """Bring the log up to `now` and return whether the light is on.

        Call before and after a change of an input: an expiry in between is logged at its own time.
        """
        was_on = self.is_on_in_log
        if was_on and now >= self._runs_until:
            self._note(self._runs_until, False)
            was_on = False
        on = self._closed() and now < self._runs_until
        if on != was_on:
            self._note(now, on)
        return on

    def _note(self, at: float, on: bool) -> None:
        self.log.append((at, on))
        self._on_change(at, on)

    @property
    def is_on_in_log(self) -> bool:
        """Whether the light was on at the last transition."""
        return bool(self.log) and self.log[-1][1]

    def came_on(self, at: float) -> float | None:
        """When the light that was on at a time had come on; None when it was off then."""
        before = [(time, on) for time, on in self.log if time <= at]
        return before[-1][0] if before and before[-1][1] else None

    def _closed(self) -> bool:
        return (
            self.enable
            and self.connected
            and self.key_on
            and self.interlock_closed
            and self.light_temp_c < self._cutout_c
        )

    def seconds_on(self, start: float, end: float) -> float:
        """How long the light was on between two times, as the log has it."""
        total = 0.0
        until = end
        for time, on in reversed(self.log):
            if on and time < until:
                total += until - max(time, start)
            until = min(until, time)
            if time <= start:
                break
        return max(total, 0.0)
