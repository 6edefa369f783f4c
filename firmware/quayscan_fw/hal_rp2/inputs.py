"""The pins and converters that safety looks at, all sampled anew at each `read`.

Contacts are wired so that a broken wire reads as the safe side: closed pulls up, an inner resistor pulls down.
"""

from machine import ADC, I2C, Pin

from quayscan_wire.states import INPUT_INDICATOR, INPUT_INTERLOCK, INPUT_KEY, INPUT_TRIGGER

from ..board import Reading
from .thermometer import NO_READING, Thermometer

SENSOR_BUS = 1
SENSOR_HZ = 400000
SENSOR_TIMEOUT_US = 2000
DETECTOR_ADDRESS = 0x48
LIGHT_ADDRESS = 0x49
"""TMP117 with ADD0 to ground and to V+ (SNOSD82D, table 7-2)."""


class Inputs:
    """Key, interlock, trigger, indicator current, thermal cut-out, two thermometers and the photodiode."""

    def __init__(self, pins):
        self._key = _contact(pins["key"])
        self._interlock = _contact(pins["interlock"])
        self._trigger = _contact(pins["trigger"])
        self._indicator = _contact(pins["indicator_sense"])
        self._cutout = _contact(pins["cutout"])
        self._photodiode = ADC(Pin(pins["photodiode"]))
        data, clock = Pin(pins["sensor_data"]), Pin(pins["sensor_clock"])
        bus = I2C(SENSOR_BUS, sda=data, scl=clock, freq=SENSOR_HZ, timeout=SENSOR_TIMEOUT_US)
        self._detector = Thermometer(bus, DETECTOR_ADDRESS)
        self._light = Thermometer(bus, LIGHT_ADDRESS)
        self._reading = Reading()

    def read(self):
        """A fresh sample; the object is the same each time. An open cut-out reads as a light that is too hot."""
        reading = self._reading
        flags = INPUT_KEY if self._key.value() else 0
        if self._interlock.value():
            flags |= INPUT_INTERLOCK
        if self._trigger.value():
            flags |= INPUT_TRIGGER
        if self._indicator.value():
            flags |= INPUT_INDICATOR
        reading.flags = flags
        reading.detector_temp = self._detector.read()
        reading.light_temp = self._light.read() if self._cutout.value() else NO_READING
        reading.photodiode = self._photodiode.read_u16()
        return reading


def _contact(number):
    return Pin(number, Pin.IN, Pin.PULL_DOWN)
