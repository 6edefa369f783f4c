"""RESET, clock and samples of the InGaAs array, cycle by cycle."""

import pytest
from datasheet import adc_violations, pulses
from test_pio_waveforms import analog, master_clock
from waves import Converter, Run

PIXELS = 256
CLOCK_KHZ = (100.0, 5000.0)
"""What such arrays take."""


@pytest.fixture
def nir(pins):
    return pins["nir1700"]


@pytest.fixture
def array(chip, nir):
    from quayscan_fw.hal_rp2.ingaas_array import open_array

    return open_array(nir, PIXELS)


def test_clock_is_what_the_array_takes(chip, nir, array):
    clock = master_clock(chip, nir["array_clock"])
    assert CLOCK_KHZ[0] <= 1e6 / (8 * (clock.high + clock.low)) <= CLOCK_KHZ[1]
    assert clock.high == clock.low


@pytest.mark.parametrize("exposure_us", [11, 100, 2003])
def test_reset_is_high_for_the_exposure_and_never_moves_with_the_clock(chip, nir, array, exposure_us):
    array.start(exposure_us)
    clock = master_clock(chip, nir["array_clock"])
    run = Run(chip.machines[1], {nir["array_clock"]: clock}).go(10**8)
    ((begin, end),) = pulses(run.edges[nir["array_reset"]], 1)
    assert abs((end - begin) * 0.008 - exposure_us) <= 0.128
    since_rise = begin - clock.next_rise(begin - clock.high - clock.low + 1)
    assert 16 <= since_rise < clock.high - 16


def test_shortest_exposure_is_kept(array):
    assert (array.loops(1) + 2) * 32 * 8 >= 10000


@pytest.mark.parametrize("pixel_cycles", [512, 4096])
def test_each_pixel_is_sampled_once_after_its_trigger_whatever_it_lasts(chip, nir, array, pixel_cycles):
    def trigger(cycle):
        return int(cycle >= 1000 and (cycle - 1000) % pixel_cycles < pixel_cycles // 2)

    machine = chip.machines[4]
    machine.fifo = [19]
    converter = Converter(analog)
    inputs = {nir["array_trigger"]: trigger}
    run = Run(machine, inputs)
    inputs[nir["adc_data"]] = converter.wire(run, nir["adc_clock"], nir["adc_convert"])
    run.go(10**7)
    delays = {cycle - 1000 - n * pixel_cycles for n, cycle in enumerate(converter.sampled)}
    assert len(converter.sampled) == 20
    assert len(delays) == 1
    assert 0 < delays.pop() < 32
    assert run.pushed == [analog(cycle) for cycle in converter.sampled]
    assert adc_violations(run.edges[nir["adc_clock"]], run.edges[nir["adc_convert"]]) == []


def test_all_pixels_are_sampled_from_the_first_on_and_not_turned_over(chip, array):
    array.start(1000)
    assert chip.machines[4].fifo == [PIXELS - 1]
    chip.channels[0].deliver(range(100, 100 + PIXELS))
    target = memoryview(bytearray(2 * PIXELS))
    array.read_into(target)
    assert list(target.cast("H")) == list(range(100, 100 + PIXELS))
