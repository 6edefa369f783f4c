"""The thermal simulator: a TMP117 that reads what the rig says, on the sensor bus of the board under test.

`machine.I2CTarget` answers by itself from memory, one byte an address, while a TMP117 has 16 bits an address: its
register 0, the temperature, is bytes 0 and 1. The board sets up register 1 once, which falls on byte 1: it is put right
after each write. Source of the registers: TI SNOSD82D, 7.6.
"""

from machine import I2CTarget, Pin

ADDRESS = 0x49
"""The light's thermometer (`quayscan_fw.hal_rp2.inputs`)."""

BUS = 1
MEMORY = 64


class ThermalSimulator:
    """Shows `centi_c`, 0.01 degC."""

    def __init__(self, data, clock):
        self._memory = bytearray(MEMORY)
        self._temperature = bytearray(2)
        self._target = I2CTarget(BUS, ADDRESS, mem=self._memory, mem_addrsize=8, scl=Pin(clock), sda=Pin(data))
        self._target.irq(self._restore, I2CTarget.IRQ_END_WRITE)

    def show(self, centi_c):
        """From now on this temperature; 7.8125 mdegC a step."""
        raw = (centi_c * 32 // 25) & 0xFFFF
        self._temperature[0] = raw >> 8
        self._temperature[1] = raw & 0xFF
        self._restore(None)

    def _restore(self, target):
        self._memory[0] = self._temperature[0]
        self._memory[1] = self._temperature[1]
