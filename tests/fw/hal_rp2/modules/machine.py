"""`machine` for MicroPython's Unix port: pins and converters that take no memory when they are used.

`LEVELS` holds the level of each GPIO; the light is seen by the photodiode while enable is high.
"""

LEVELS = bytearray(30)
LIGHT_ENABLE = 14
INDICATOR = 16
INDICATOR_SENSE = 21
LIT = 20000
RAW_20_C = b"\x0a\x00"


class Pin:
    IN = 0
    OUT = 1
    PULL_UP = 1
    PULL_DOWN = 2

    def __init__(self, number, mode=-1, pull=-1, value=None):
        self.number = number
        if value is not None:
            LEVELS[number] = value

    def value(self, level=None):
        if level is None:
            return LEVELS[INDICATOR if self.number == INDICATOR_SENSE else self.number]
        LEVELS[self.number] = level

    def on(self):
        LEVELS[self.number] = 1

    def off(self):
        LEVELS[self.number] = 0


class PWM:
    def __init__(self, pin, freq, duty_u16=0, duty_ns=0):
        self.duty = duty_u16 or duty_ns

    def duty_u16(self, duty):
        self.duty = duty

    def duty_ns(self, duty):
        self.duty = duty


class ADC:
    def __init__(self, pin):
        pass

    def read_u16(self):
        return LIT if LEVELS[LIGHT_ENABLE] else 0


class I2C:
    def __init__(self, number, sda, scl, freq, timeout=0):
        pass

    def readfrom_mem_into(self, address, register, buffer):
        buffer[0] = RAW_20_C[0]
        buffer[1] = RAW_20_C[1]

    def writeto_mem(self, address, register, data):
        pass

    def writeto(self, address, data):
        pass


class WDT:
    def __init__(self, timeout):
        self.fed = 0

    def feed(self):
        self.fed += 1


def freq(hertz=None):
    return 125000000


def unique_id():
    return bytes(range(8))


def bitstream(pin, kind, timing, data):
    pass


def reset():
    raise SystemExit
