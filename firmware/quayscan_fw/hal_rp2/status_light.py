"""The coloured light beside the trigger: one WS2812. It tells the state and is no part of the emission indicator.

Timing in ns of a 0 and a 1 (high, low), Worldsemi WS2812B: 400/850 and 800/450, each within 150.
"""

from machine import Pin, bitstream

_TIMING = (400, 850, 800, 450)


class StatusLight:
    """Off at first."""

    def __init__(self, pins):
        self._pin = Pin(pins["status_light"], Pin.OUT, value=0)
        self._colour = bytearray(3)
        self.show(0, 0, 0)

    def show(self, red, green, blue):
        """Set the colour, 0 to 255 each. Interrupts rest for 30 us meanwhile."""
        self._colour[0] = green
        self._colour[1] = red
        self._colour[2] = blue
        bitstream(self._pin, 0, _TIMING, self._colour)
