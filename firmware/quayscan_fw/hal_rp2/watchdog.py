"""The chip's watchdog: a program that hangs is reset, and a reset leaves all pins as inputs, so the light goes off.

The program feeds it at the end of a pass that made all safety checks; one that fails over and over is not fed. It
cannot be stopped once it runs, and its longest time is 8,388 ms (RP2040 datasheet, 4.7). A flash erase takes up to
400 ms and keeping an exposure erases about 16 sectors of littlefs, hence the long time: what turns the light off within
`one_shot_ms` is the hardware one-shot, not this.
"""

from machine import WDT

TIMEOUT_MS = 8000


class Watchdog:
    """Runs from here on."""

    def __init__(self):
        self._timer = WDT(timeout=TIMEOUT_MS)

    def feed(self):
        """A pass is complete."""
        self._timer.feed()
