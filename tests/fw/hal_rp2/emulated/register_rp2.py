"""`rp2` on the registers of the emulated chip: what ports/rp2 does in C for hal_rp2's calls, on CPython.

Sources: RP2040 datasheet, 3.7 (PIO registers), 2.5.7 (DMA), 2.19.6 (GPIO functions).
"""

import types

PIO_BASES = (0x50200000, 0x50300000)
CTRL, TXF, RXF, INSTR_MEM, SM_BASE, SM_STEP = 0x000, 0x010, 0x020, 0x048, 0x0C8, 0x18
CLKDIV, EXECCTRL, SHIFTCTRL, INSTR, PINCTRL = 0x00, 0x04, 0x08, 0x10, 0x14
DMA_BASE = 0x50000000
READ_ADDR, WRITE_ADDR, TRANS_COUNT, CTRL_TRIG, AL1_CTRL, CHAN_ABORT = 0x00, 0x04, 0x08, 0x0C, 0x10, 0x444
IO_BANK0 = 0x40014000
PADS_BANK0 = 0x4001C000
INPUT_ENABLE = 0x40
SRAM = 0x20010000
SYSTEM_HZ = 125000000
SET_PINS, SET_PINDIRS = 0xE000, 0xE080
JOIN_RX, RESTART = 1 << 31, 4
ENABLE, SIZE, INC_READ, INC_WRITE, CHAIN, TREQ, BUSY = 0, 2, 4, 5, 11, 15, 24


class Registers:
    """The chip's memory map, and what is loaded where."""

    def __init__(self, mcu):
        self.mcu = mcu
        self.used = [0, 0]

    def write(self, address, value):
        self.mcu.write_uint32(address, value & 0xFFFFFFFF)

    def read(self, address):
        return self.mcu.read_uint32(address)

    def load(self, pio, program):
        """Put a program into the instruction memory, its jumps moved; gives its place."""
        offset = self.used[pio]
        for i, word in enumerate(program[0]):
            jump = word & 0xE000 == 0
            self.write(PIO_BASES[pio] + INSTR_MEM + 4 * (offset + i), word + offset if jump else word)
        self.used[pio] += len(program[0])
        return offset

    def enable_input(self, pin):
        """Lead a pad to whoever reads it; the SDK does so for each pin that it sets up."""
        address = PADS_BANK0 + 4 + 4 * pin
        self.write(address, self.read(address) | INPUT_ENABLE)


def machine_module(registers):
    """As much of a module `machine` as the detector needs."""
    module = types.ModuleType("machine")

    class Pin:
        IN = 0

        def __init__(self, number, mode):
            registers.enable_input(number)

    module.Pin = Pin
    return module


def rp2_module(registers):
    """A module `rp2` whose objects work on these registers."""
    module = types.ModuleType("rp2")
    module.PIO = Pio
    module.StateMachine = type("StateMachine", (StateMachine,), {"registers": registers})
    module.DMA = type("DMA", (Dma,), {"registers": registers})
    return module


class Pio:
    IN_LOW, IN_HIGH, OUT_LOW, OUT_HIGH = range(4)


class StateMachine:
    def __init__(self, number, program, freq=SYSTEM_HZ, in_base=0, set_base=None, sideset_base=None):
        self._pio, self._index = divmod(number, 4)
        if program[1 + self._pio] < 0:
            program[1 + self._pio] = self.registers.load(self._pio, program)
        offset = program[1 + self._pio]
        self.active(0)
        self._write(CLKDIV, (SYSTEM_HZ // freq) << 16)
        self._write(EXECCTRL, program[3] + (offset << 12) + (offset << 7))
        self._write(SHIFTCTRL, program[4] ^ JOIN_RX)  # joining and parting empties both FIFOs
        self._write(SHIFTCTRL, program[4])
        set_levels, side_levels = program[6] or (), program[7] or ()
        self._levels(set_base, set_levels)
        self._levels(sideset_base, side_levels)
        pins = (set_base or 0) << 5 | (sideset_base or 0) << 10 | (in_base or 0) << 15
        self._write(PINCTRL, pins | len(set_levels) << 26 | len(side_levels) << 29)
        self._restart()
        self._write(INSTR, offset)  # jmp

    def active(self, on):
        base = PIO_BASES[self._pio] + CTRL
        bit = 1 << self._index
        old = self.registers.read(base) & 0xF
        self.registers.write(base, old | bit if on else old & ~bit)

    def _restart(self):
        """Forget shift counters, delays and whatever it waited for."""
        base = PIO_BASES[self._pio] + CTRL
        self.registers.write(base, self.registers.read(base) & 0xF | 1 << RESTART + self._index)

    def put(self, value):
        self.registers.write(PIO_BASES[self._pio] + TXF + 4 * self._index, value)

    @property
    def fifo_address(self):
        """Of the receiving FIFO, as the buffer protocol gives it on the board."""
        return PIO_BASES[self._pio] + RXF + 4 * self._index

    def _levels(self, base, levels):
        for i, level in enumerate(levels):
            self._write(PINCTRL, 1 << 26 | (base + i) << 5)
            self._write(INSTR, SET_PINS | level & 1)
            self._write(INSTR, SET_PINDIRS | level >> 1)
            self.registers.write(IO_BANK0 + 8 * (base + i) + 4, 6 + self._pio)
            self.registers.enable_input(base + i)

    def _write(self, register, value):
        self.registers.write(PIO_BASES[self._pio] + SM_BASE + SM_STEP * self._index + register, value)


class Dma:
    """Channel 0, into memory of the chip that `collect` copies to the program's buffer."""

    def __init__(self):
        self.write = b""
        self.count = 0
        self._ctrl = 0

    def pack_ctrl(self, size, inc_read, inc_write, treq_sel):
        return 1 << ENABLE | size << SIZE | inc_read << INC_READ | inc_write << INC_WRITE | treq_sel << TREQ

    def config(self, read, ctrl):
        self._ctrl = ctrl
        self.registers.write(DMA_BASE + READ_ADDR, read.fifo_address)

    def active(self, on=None):
        if on:
            self.registers.write(DMA_BASE + WRITE_ADDR, SRAM)
            self.registers.write(DMA_BASE + TRANS_COUNT, self.count)
            self.registers.write(DMA_BASE + CTRL_TRIG, self._ctrl)
        elif on is not None:
            self.registers.write(DMA_BASE + CHAN_ABORT, 1)
        return bool(self.registers.read(DMA_BASE + CTRL_TRIG) >> BUSY & 1)

    def collect(self):
        """Bring what was transferred to where the program looks for it."""
        for i in range(0, len(self.write), 4):
            self.write[i : i + 4] = self.registers.read(SRAM + i).to_bytes(4, "little")
