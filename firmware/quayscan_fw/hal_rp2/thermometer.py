"""A TMP117 on I2C. Source: TI SNOSD82D, register map 7.6.

Register 0 holds the last conversion, 16 bits two's complement, 7.8125 mdegC each; until the first one is complete it
reads -256 degC, which no board allows. Register 1 all zero: conversions without a pause and without averaging, one each
15.5 ms, so that a reading is never older than that.
"""

_TEMPERATURE = 0
_CONFIGURATION = 1
_FASTEST = b"\x00\x00"

NO_READING = 32767
"""What a thermometer that does not answer reads, 0.01 degC: outside every range, so that light is refused."""


class Thermometer:
    """The TMP117 at `address` of `bus`."""

    def __init__(self, bus, address):
        self._bus = bus
        self._address = address
        self._raw = bytearray(2)
        self._fast = False

    def read(self):
        """Temperature in 0.01 degC, `NO_READING` when the bus or the part fails."""
        raw = self._raw
        try:
            if not self._fast:
                self._bus.writeto_mem(self._address, _CONFIGURATION, _FASTEST)
                self._fast = True
            self._bus.readfrom_mem_into(self._address, _TEMPERATURE, raw)
        except OSError:
            self._fast = False  # it may have lost power: set it up again when it is back
            return NO_READING
        value = raw[0] << 8 | raw[1]
        if value & 0x8000:
            value -= 0x10000
        return value * 25 // 32
