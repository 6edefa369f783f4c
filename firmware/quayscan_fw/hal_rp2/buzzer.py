"""The buzzer: a piezo disc on a PWM."""

from machine import PWM, Pin

HERTZ = 2700
_HALF = 32768


class Buzzer:
    """Silent at first."""

    def __init__(self, pins):
        self._tone = PWM(Pin(pins["buzzer"]), freq=HERTZ, duty_u16=0)

    def on(self):
        """Begin to sound."""
        self._tone.duty_u16(_HALF)

    def off(self):
        """Be silent."""
        self._tone.duty_u16(0)
