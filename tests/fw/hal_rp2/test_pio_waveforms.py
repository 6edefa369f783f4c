"""The waveforms of what hal_rp2 loads, cycle by cycle, against the data sheets' limits."""

from array import array

import pytest
from datasheet import ELEMENTS, adc_violations, ccd_violations, pulses
from waves import Clock, Converter, Run

PIXELS = 3648
SAMPLES = 40
"""Of a frame, for the tests that look at each of its edges: all its samples are made alike."""


@pytest.fixture
def ccd(chip, pins):
    from quayscan_fw.hal_rp2.ccd import open_ccd

    return open_ccd(pins["raman785"], PIXELS)


def master_clock(chip, pin):
    """The clock that the board's first state machine makes, measured over a few periods."""
    machine = chip.machines[0]
    assert machine.running
    run = Run(machine, {})
    run.go(700)
    (begin, end), (following, _) = pulses(run.edges[pin], 1)[1:3]
    divider = 125000000 // machine.freq
    return Clock((end - begin) * divider, (following - end) * divider, begin * divider)


def gates_of(chip, pins, clock):
    run = Run(chip.machines[1], {pins["ccd_master_clock"]: clock})
    run.go(10**8)
    return run.edges[pins["ccd_shift_gate"]], run.edges[pins["ccd_clear_gate"]]


def change(chip, number, words):
    """Other instructions in the places of some that were loaded."""
    loaded = array("H", chip.machines[number].program[0])
    for index, word in words.items():
        loaded[index] = word
    chip.machines[number].program[0] = loaded


SET_Y_0, SET_LOW, NOP, JUMP_Y_TO_16, WAIT_LOW = 0xE040, 0xE000, 0xA042, 0x0090, 0x2000


@pytest.mark.parametrize("exposure_us", [1, 10, 137, 3000])
def test_a_frame_keeps_every_limit_of_the_ccd(chip, pins, ccd, exposure_us):
    ccd.start(exposure_us)
    clock = master_clock(chip, pins["raman785"]["ccd_master_clock"])
    assert ccd_violations(clock, *gates_of(chip, pins["raman785"], clock)) == []


@pytest.mark.parametrize("exposure_us", [11, 137, 1001, 3007])
def test_exposure_lasts_as_long_as_asked_for(chip, pins, ccd, exposure_us):
    ccd.start(exposure_us)
    clock = master_clock(chip, pins["raman785"]["ccd_master_clock"])
    shift, _ = gates_of(chip, pins["raman785"], clock)
    (_, begin), (_, end) = pulses(shift, 1)
    assert abs((end - begin) * 0.008 - exposure_us) <= 0.128  # half a round of the loop


def test_longest_exposure_fits_the_loop_counter(ccd):
    assert ccd.loops(4_000_000) == 4_000_000 * 125 // 32 - 10 < 2**30


@pytest.mark.parametrize(
    ("machine", "words", "says"),
    [
        pytest.param(1, {12: SET_Y_0}, "t3: 520 ns, at least 1000", id="short SH"),
        pytest.param(1, {5: SET_Y_0}, "clearing SH: 520 ns, at least 1000", id="short clearing SH"),
        pytest.param(1, {9: SET_LOW, 10: NOP}, "t2: 16", id="short t2"),
        pytest.param(1, {15: SET_Y_0, 16: JUMP_Y_TO_16}, "t1: ", id="short t1"),
        pytest.param(1, {18: WAIT_LOW}, "ICG rises while fM is low", id="wrong edge of fM"),
        pytest.param(0, {1: SET_LOW}, "fM duty: 0.97", id="lopsided fM"),
        pytest.param(0, {0: 0xE001, 1: SET_LOW}, "fM, MHz: 62.5", id="fast fM"),
    ],
)
def test_a_changed_instruction_breaks_a_limit(chip, pins, ccd, machine, words, says):
    ccd.start(100)
    change(chip, machine, words)
    clock = master_clock(chip, pins["raman785"]["ccd_master_clock"])
    violations = ccd_violations(clock, *gates_of(chip, pins["raman785"], clock))
    assert any(violation.startswith(says) for violation in violations), violations


def analog(cycle):
    """A voltage that is another in each cycle, in counts."""
    return cycle * 2654435761 % 65536


def sample_frame(chip, pins, gate, samples):
    """The converter's state machine with an ADS8860 at its pins and `gate` at the pin that starts it."""
    machine = chip.machines[4]
    machine.fifo = [samples - 1]
    converter = Converter(analog)
    inputs = {pins["ccd_clear_gate"]: gate}
    run = Run(machine, inputs)
    inputs[pins["adc_data"]] = converter.wire(run, pins["adc_clock"], pins["adc_convert"])
    run.go(10**8)
    return run, converter


def late_gate(cycle):
    """ICG: low for a while, its rising edge in cycle 1003."""
    return int(cycle < 200 or cycle >= 1003)


def test_samples_keep_every_limit_of_the_converter(chip, pins, ccd):
    run, _ = sample_frame(chip, pins["raman785"], late_gate, SAMPLES)
    sclk, convert = (run.edges[pins["raman785"][name]] for name in ("adc_clock", "adc_convert"))
    assert len(pulses(convert, 1)) == SAMPLES
    assert adc_violations(sclk, convert) == []


def test_every_bit_of_every_sample_is_read(chip, pins, ccd):
    run, converter = sample_frame(chip, pins["raman785"], late_gate, SAMPLES)
    assert run.pushed == [analog(cycle) for cycle in converter.sampled]


def test_a_sample_is_taken_each_four_master_clocks_in_the_middle_of_its_pixel(chip, pins, ccd):
    clock = master_clock(chip, pins["raman785"]["ccd_master_clock"])
    pixel = 4 * (clock.high + clock.low)
    _, converter = sample_frame(chip, pins["raman785"], late_gate, SAMPLES)
    phases = {(cycle - 1003) % pixel / pixel for cycle in converter.sampled}
    assert [(cycle - 1003) // pixel for cycle in converter.sampled] == list(range(SAMPLES))
    assert len(phases) == 1, "the start jitters"
    assert 0.5 < phases.pop() < 0.7


def test_start_has_no_jitter_whatever_the_phase_of_the_clear_gate(chip, pins, ccd):
    def gate(late):
        return lambda cycle: int(cycle < 200 or cycle >= 900 + late)

    starts = {sample_frame(chip, pins["raman785"], gate(n), 1)[1].sampled[0] - n for n in range(64)}
    assert starts == {900 + 165}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param({6: 0xF147}, "conversion: 592 ns, at least 710", id="short conversion"),
        pytest.param({11: 0x008A}, "SCLK duty", id="lopsided SCLK"),
        pytest.param({10: 0x4801, 11: 0x008A}, "quiet: 16 ns, at least 20", id="fast SCLK"),
        pytest.param({8: 0xF34E}, "15 clocks a sample", id="a bit too few"),
    ],
)
def test_a_changed_instruction_of_the_converter_breaks_a_limit(chip, pins, ccd, words, says):
    change(chip, 4, words)
    run, _ = sample_frame(chip, pins["raman785"], late_gate, 3)
    sclk, convert = (run.edges[pins["raman785"][name]] for name in ("adc_clock", "adc_convert"))
    violations = adc_violations(sclk, convert)
    assert any(violation.startswith(says) for violation in violations), violations


def test_a_bit_that_is_read_too_early_is_wrong(chip, pins, ccd):
    change(chip, 4, {11: 0x018A})  # SCLK low for two cycles only: the next bit is not there yet
    run, converter = sample_frame(chip, pins["raman785"], late_gate, SAMPLES)
    assert run.pushed != [analog(cycle) for cycle in converter.sampled]


def test_read_out_ends_before_the_register_does(pins, chip, ccd):
    assert chip.channels[0].settings["ctrl"]["size"] == 1
    ccd.start(1000)
    assert chip.machines[4].fifo == [32 + PIXELS - 1]
    assert 32 + PIXELS <= ELEMENTS
