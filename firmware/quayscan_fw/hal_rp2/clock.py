"""The board's clock. `time.ticks_ms` starts again from 0 each 2^30 ms (12.4 days) on this port."""

import time

_PERIOD_MS = 1 << 30


class Clock:
    """Milliseconds by the contract of board.py; `ms` is asked in every pass, so no lap of the ticks is missed."""

    def __init__(self):
        self._laps = 0
        self._last = self._start = time.ticks_ms()

    def ms(self):
        """Milliseconds; wraps."""
        now = time.ticks_ms()
        if now < self._last:  # pyright: ignore[reportOperatorIssue]  # a plain number; the stubs hide it
            self._laps += 1
        self._last = now
        return now

    def diff(self, later, earlier):
        """Milliseconds between two of them, at most 2^29 apart."""
        return time.ticks_diff(later, earlier)

    def uptime_ms(self):
        """Milliseconds since power-up, modulo 2^32."""
        since = self.ms() - self._start  # pyright: ignore[reportOperatorIssue]  # likewise
        return (self._laps * _PERIOD_MS + since) & 0xFFFFFFFF
