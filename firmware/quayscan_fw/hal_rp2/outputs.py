"""Indicator, enable, power and the one-shot's pulse. Only the guard drives them.

The power is a PWM that a low-pass filter turns into the driver's set point: full scale is the board's maximum power.
Enable goes off first and on last.
"""

from machine import PWM, Pin

PWM_HZ = 100000
FULL_SCALE = 65535


class Outputs:
    """The pins of light and indicator, all low from the start. `max_power` in 0.1 mW."""

    def __init__(self, pins, max_power):
        self._enable = Pin(pins["light_enable"], Pin.OUT, value=0)
        self._one_shot = Pin(pins["one_shot"], Pin.OUT, value=0)
        self._indicator = Pin(pins["indicator"], Pin.OUT, value=0)
        self._power = PWM(Pin(pins["light_power"]), freq=PWM_HZ, duty_u16=0)
        self._max_power = max_power

    def drive(self, indicator, enable, power):
        """Set the pins now. Without enable the set point is zero, whatever `power` says."""
        if not enable:
            self._enable.off()
        self._indicator.value(1 if indicator else 0)
        if enable:
            self._power.duty_u16(min(power, self._max_power) * FULL_SCALE // self._max_power)
            self._enable.on()
        else:
            self._power.duty_u16(0)

    def retrigger(self):
        """One pulse to the hardware one-shot, which keeps the light alive for `one_shot_ms`."""
        self._one_shot.on()
        self._one_shot.off()
