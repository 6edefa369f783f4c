"""The rig board, by the contract of quayscan_rig.rig_board."""

import time

import machine
from machine import ADC, PWM, Pin

from quayscan_fw.hal_rp2.link_usb import UsbLink
from quayscan_wire import rig

from .edges import Edges
from .pins import PINS
from .thermal import ThermalSimulator

PWM_HZ = 10000
FULL_SCALE = 65535
STIMULUS_FULL = 1000

_SWITCHES = {rig.INTERLOCK: "interlock", rig.KEY: "key", rig.TRIGGER: "trigger", rig.POWER: "power"}


class RigBoard:
    """All parts; power is on from the start, so that a board under test can be reached without a word."""

    def __init__(self):
        self._switches = {line: Pin(PINS[name], Pin.OUT, value=line == rig.POWER) for line, name in _SWITCHES.items()}
        self._stimulus = PWM(Pin(PINS["stimulus"]), freq=PWM_HZ, duty_u16=0)
        self._thermal = ThermalSimulator(PINS["light_temp_data"], PINS["light_temp_clock"])
        self._photodiode = ADC(Pin(PINS["photodiode"]))
        self._edges = Edges(
            [(rig.ENABLE, PINS["enable"]), (rig.LIGHT, PINS["light"]), (rig.INDICATOR, PINS["indicator"])]
        )
        self._enable = Pin(PINS["enable"], Pin.IN, Pin.PULL_DOWN)
        self._last = time.ticks_us()
        self._clock = 0
        self.uid = machine.unique_id()
        self.link = UsbLink()

    def ticks_us(self):
        """Microseconds modulo 2^32, carried on over the port's own shorter laps; asked in every pass."""
        return self._long(time.ticks_us())

    def drive(self, line, value):
        switch = self._switches.get(line)
        if switch is not None:
            switch.value(1 if value else 0)
        elif line == rig.STIMULUS:
            self._stimulus.duty_u16(max(0, min(value, STIMULUS_FULL)) * FULL_SCALE // STIMULUS_FULL)
        elif line == rig.LIGHT_TEMP:
            self._thermal.show(value)
        return self.ticks_us()

    def edge(self):
        edge = self._edges.take()
        return None if edge is None else (self._long(edge[0]), edge[1], edge[2])

    def enable(self):
        return self._enable.value()

    def photodiode(self):
        return self._photodiode.read_u16()

    def _long(self, ticks):
        """The long clock at those ticks, which are less than 2^29 us from the last that were seen."""
        away = time.ticks_diff(ticks, self._last)
        self._clock = (self._clock + away) & 0xFFFFFFFF
        self._last = ticks
        return self._clock
