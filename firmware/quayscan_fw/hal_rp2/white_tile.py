"""The white tile of a near-infrared board: a small servo, 50 pulses a second whose width is its position."""

from machine import PWM, Pin

HERTZ = 50
AWAY_NS = 1000000
BEFORE_NS = 2000000
"""Ends of a small servo's travel (typical; adjust the horn, not these)."""


class WhiteTile:
    """Away from the window at first."""

    def __init__(self, pins):
        self._pulse = PWM(Pin(pins["white_tile"]), freq=HERTZ, duty_ns=AWAY_NS)

    def place(self, before):
        """Move it before the window or away from it."""
        self._pulse.duty_ns(BEFORE_NS if before else AWAY_NS)
