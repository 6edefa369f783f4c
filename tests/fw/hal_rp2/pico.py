"""A chip of plain objects behind the modules `machine`, `rp2` and what else hal_rp2 imports.

What the driver loads into state machines and channels is kept as it was loaded, for `waves` to run and tests to read.
"""

import sys
import types


class Chip:
    """Levels of the pins by number, what drove them in order, and the peripherals by number.

    `sources` are functions of what is outside: GPIO number -> its level or counts now. `converter`, if there is one, is
    asked for the samples of a frame when the program looks whether they are there; [] for not yet.
    """

    def __init__(self):
        self.levels = {}
        self.log = []
        self.pulls = {}
        self.analog = {}
        self.duty = {}
        self.machines = {}
        self.channels = []
        self.buses = {}
        self.hertz = 125000000
        self.resets = 0
        self.watchdog = []
        self.bits = []
        self.sources = {}
        self.slices = {}
        self.interrupts = []
        self.flash = Flash()
        self.converter = None
        self.handlers = {}
        self.targets = []

    def edge(self, number, level):
        """A level that changes from outside, and whoever is interrupted by it."""
        self.levels[number] = level
        self.handlers[number][1](self.handlers[number][0])

    def drive(self, number, level):
        self.levels[number] = int(level)
        self.log.append((number, int(level)))

    def install(self, monkeypatch):
        """Make the chip's modules importable, and forget hal_rp2 as it was imported before."""
        for name in [each for each in sys.modules if each.startswith("quayscan_fw.hal_rp2")]:
            monkeypatch.delitem(sys.modules, name)
        for module in (self._machine(), self._rp2(), _framebuf(), _micropython(self)):
            monkeypatch.setitem(sys.modules, module.__name__, module)

    def _machine(self):
        def reset():
            self.resets += 1

        def freq(hertz=None):
            self.hertz = hertz or self.hertz
            return self.hertz

        return _module(
            "machine",
            Pin=_bound(Pin, self),
            PWM=_bound(Pwm, self),
            ADC=_bound(Adc, self),
            WDT=_bound(Wdt, self),
            I2CTarget=_bound(I2CTarget, self),
            I2C=lambda number, **settings: self.buses.setdefault(number, Bus()),
            reset=reset,
            freq=freq,
            unique_id=lambda: bytes(range(8)),
            bitstream=lambda pin, kind, timing, data: self.bits.append((pin.number, timing, bytes(data))),
        )

    def _rp2(self):
        machines, channels = _bound(StateMachine, self), _bound(Dma, self)
        return _module("rp2", PIO=Pio, StateMachine=machines, DMA=channels, Flash=lambda: self.flash)


def _module(name, **content):
    module = types.ModuleType(name)
    vars(module).update(content)
    return module


def _bound(kind, chip):
    """`kind` as the board knows it: its objects belong to `chip`."""
    return type(kind.__name__, (kind,), {"chip": chip})


class Pin:
    IN, OUT, PULL_UP, PULL_DOWN = 0, 1, 1, 2
    IRQ_FALLING, IRQ_RISING = 4, 8

    def __init__(self, number, mode=-1, pull=-1, value=None):
        self.number = number
        if pull != -1:
            self.chip.pulls[number] = pull
            self.chip.levels.setdefault(number, int(pull == Pin.PULL_UP))
        if value is not None:
            self.chip.drive(number, value)

    def value(self, level=None):
        if level is not None:
            return self.chip.drive(self.number, level)
        source = self.chip.sources.get(self.number)
        return source() if source else self.chip.levels[self.number]

    def on(self):
        self.chip.drive(self.number, 1)

    def off(self):
        self.chip.drive(self.number, 0)

    def irq(self, handler, trigger, hard):
        assert hard
        assert trigger == Pin.IRQ_FALLING | Pin.IRQ_RISING
        self.chip.handlers[self.number] = (self, handler)


class I2CTarget:
    IRQ_END_WRITE = 32

    def __init__(self, bus, address, mem, mem_addrsize, scl, sda):
        self.bus, self.address, self.memory = bus, address, mem
        assert mem_addrsize == 8
        self.chip.targets.append(self)

    def irq(self, handler, trigger):
        assert trigger == self.IRQ_END_WRITE
        self.handler = handler


class Pwm:
    def __init__(self, pin, freq, duty_u16=0, duty_ns=0):
        self._number = pin.number
        on_slice = self.chip.slices.setdefault(pin.number // 2 % 8, freq)
        assert on_slice == freq, f"pin {pin.number}: its slice runs at {on_slice} Hz for another pin"
        self.duty_u16(duty_u16)
        if duty_ns:
            self.duty_ns(duty_ns)

    def duty_ns(self, duty):
        self.chip.duty[self._number] = duty

    def duty_u16(self, duty):
        self.chip.duty[self._number] = duty
        self.chip.log.append((self._number, duty))


class Adc:
    def __init__(self, pin):
        self._number = pin.number

    def read_u16(self):
        source = self.chip.sources.get(self._number)
        return source() if source else self.chip.analog.get(self._number, 0)


class Wdt:
    def __init__(self, timeout):
        self.chip.watchdog.append(timeout)

    def feed(self):
        self.chip.watchdog.append("fed")


class Pio:
    IN_LOW, IN_HIGH, OUT_LOW, OUT_HIGH = range(4)


class StateMachine:
    def __init__(self, number, program, freq=125000000, in_base=None, set_base=None, sideset_base=None):
        self.number, self.program, self.freq = number, program, freq
        self.in_base, self.set_base, self.side_base = in_base, set_base, sideset_base
        self.fifo = []
        self.running = False
        self.chip.machines[number] = self

    def active(self, on):
        self.running = bool(on)

    def put(self, value):
        assert len(self.fifo) < 4, "the FIFO is full: on the board this would wait for ever"
        self.fifo.append(value)


class Dma:
    def __init__(self):
        self.settings = {}
        self.write = b""
        self.count = 0
        self.busy = False
        self.chip.channels.append(self)

    def pack_ctrl(self, **fields):
        return fields

    def config(self, **settings):
        self.settings.update(settings)

    def active(self, on=None):
        if on is not None:
            self.busy = bool(on)
        elif self.busy and self.chip.converter:
            samples = self.chip.converter()
            if samples:
                self.deliver(samples)
        return self.busy

    def deliver(self, samples):
        """What the converter would have pushed: all samples, then the channel rests."""
        assert self.busy, "nothing was started"
        target = memoryview(self.write).cast("H")
        assert len(samples) == self.count == len(target)
        for i, sample in enumerate(samples):
            target[i] = sample
        self.busy = False


class Bus:
    """An I2C bus: `parts` maps an address to a dict of registers; `sent` keeps plain writes."""

    def __init__(self):
        self.parts = {}
        self.sent = []
        self.deaf = False

    def readfrom_mem_into(self, address, register, buffer):
        self._check(address)
        buffer[:] = self.parts[address][register]

    def writeto_mem(self, address, register, data):
        self._check(address)
        self.parts[address][register] = bytes(data)

    def writeto(self, address, data):
        self._check(address)
        self.sent.append((address, bytes(data)))

    def _check(self, address):
        if self.deaf or address not in self.parts:
            raise OSError(5)


class FrameBuffer:
    """Remembers its memory; what is drawn into it is nobody's concern here."""

    def __init__(self, memory, width, height, layout):
        self.memory = memory

    def fill(self, colour):
        self.memory[:] = bytes((0xFF * colour,)) * len(self.memory)

    def fill_rect(self, x, y, width, height, colour):
        pass


def _framebuf():
    return _module("framebuf", FrameBuffer=FrameBuffer, MONO_VLSB=0)


def _micropython(chip):
    return _module("micropython", interrupts=chip.interrupts, kbd_intr=chip.interrupts.append)


class Flash:
    """Blocks below the file system, as `rp2.Flash`: writing at an offset clears bits and erases nothing."""

    def __init__(self, blocks=8):
        self.blocks = [bytearray(b"\xff" * 4096) for _ in range(blocks)]

    def ioctl(self, command, argument):
        assert command == 4
        return len(self.blocks)

    def readblocks(self, block, buffer, offset):
        buffer[:] = self.blocks[block][offset : offset + len(buffer)]

    def writeblocks(self, block, data, offset):
        assert len(data) % 256 == offset % 256 == 0
        for i, byte in enumerate(data):
            self.blocks[block][offset + i] &= byte
