"""What is soldered to the emulated RP2040: contacts, thermometers, light with its photodiode, CCD and converter.

`mcu` is rp2040py's RP2040. Everything hangs on its pins and hooks, never on the program.
"""

from rp2040py.gpio_pin import GPIOPinState

THERMOMETERS = (0x48, 0x49)
RAW_20_C = (0x0A, 0x00)
DUMMIES = 32
LIT, DARK = 20000, 500
PHOTODIODE_LIT = 1125
"""Of 4,096, for the chip's own converter has 12 bits: what 100 mW give on raman785."""


class Light:
    """On while enable is high; the indicator's current is seen where it should be."""

    def __init__(self, mcu, pins):
        self.on = False
        self.edges = []
        self._mcu = mcu
        sense = mcu.gpio[pins["indicator_sense"]]
        mcu.gpio[pins["indicator"]].add_listener(lambda state, old: sense.set_input_value(high(state)))
        mcu.gpio[pins["light_enable"]].add_listener(self._enable)
        mcu.adc.channel_values[pins["photodiode"] - 26] = 0

    def _enable(self, state, old):
        self.on = high(state)
        self.edges.append(self.on)
        self._mcu.adc.channel_values[0] = PHOTODIODE_LIT if self.on else 0


class Thermometers:
    """Two TMP117 at 20 degC on a bus."""

    def __init__(self, bus):
        self._bus = bus
        self._next = 0
        bus.on_connect = self._connect
        bus.on_write_byte = lambda value: bus.complete_write(True)
        bus.on_read_byte = self._read

    def _connect(self, address, mode):
        self._next = 0
        self._bus.complete_connect(address in THERMOMETERS)

    def _read(self, ack):
        byte = RAW_20_C[self._next % 2]
        self._next += 1
        self._bus.complete_read(byte)


class Detector:
    """A CCD whose pixel p shows LIT + p or DARK + p, turned over as a TCD1304 does it, and the converter behind it.

    The frame begins with ICG's rising edge; each rising edge of CONVST samples the next element.
    """

    def __init__(self, mcu, pins, light):
        self._light = light
        self._data = mcu.gpio[pins["adc_data"]]
        self._element = self._value = self._bit = 0
        self._lit = False
        self.samples = 0
        mcu.gpio[pins["ccd_clear_gate"]].add_listener(self._gate)
        mcu.gpio[pins["adc_convert"]].add_listener(self._convert)
        mcu.gpio[pins["adc_clock"]].add_listener(self._clock)

    def _gate(self, state, old):
        if high(state):
            self._element = 0
            self._lit = self._light.on

    def _convert(self, state, old):
        if high(state):
            pixel = max(0, self._element - DUMMIES)
            self._value = 65535 - ((LIT if self._lit else DARK) + pixel)
            self._element += 1
            self.samples += 1
        else:
            self._bit = 15
            self._show()

    def _clock(self, state, old):
        if not high(state) and self._bit:
            self._bit -= 1
            self._show()

    def _show(self):
        self._data.set_input_value(bool(self._value >> self._bit & 1))


def solder(mcu, pins):
    """All of it, contacts closed; gives the light and the detector."""
    for name in ("key", "interlock", "cutout", "maintenance"):
        mcu.gpio[pins[name]].set_input_value(True)
    mcu.gpio[pins["trigger"]].set_input_value(False)
    for name in ("ccd_master_clock", "ccd_clear_gate"):
        _loop_back(mcu.gpio[pins[name]])
    Thermometers(mcu.i2c[1])
    light = Light(mcu, pins)
    return light, Detector(mcu, pins, light)


def _loop_back(pin):
    """On the chip an output can be read at its own pad; the emulator needs it said."""
    pin.add_listener(lambda state, old: pin.set_input_value(high(state)))


def high(state):
    """Whether a pin is driven high."""
    return state == GPIOPinState.HIGH
