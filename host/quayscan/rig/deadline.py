"""`Deadline`: how long something may take; nothing in a rig sleeps and hopes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from ..errors import RigViolation

T = TypeVar("T")
LOOK_S = 0.002


class Deadline:
    """So many seconds from now for `what`."""

    def __init__(self, seconds: float, what: str) -> None:
        self.seconds = seconds
        self._what = what
        self._end = time.monotonic() + seconds

    @property
    def left_s(self) -> float:
        """Seconds left, 0 when it has passed."""
        return max(0.0, self._end - time.monotonic())

    def until(self, holds: Callable[[], T], look_s: float = LOOK_S) -> T:
        """What `holds` gives once it is true; asked again and again.

        Raises
        ------
        RigViolation
            It did not become true in time.
        """
        while not (value := holds()):
            if not self.left_s:
                raise RigViolation(f"{self._what} did not happen within {self.seconds:g} s")
            time.sleep(look_s)
        return value
