import pytest

from quayscan_wire.states import INPUT_INDICATOR, INPUT_INTERLOCK, INPUT_KEY, INPUT_TRIGGER

FLAGS = {"key": INPUT_KEY, "interlock": INPUT_INTERLOCK, "trigger": INPUT_TRIGGER, "indicator_sense": INPUT_INDICATOR}
DETECTOR, LIGHT = 0x48, 0x49


@pytest.fixture
def bus(chip, inputs):
    return chip.buses[1]


@pytest.fixture
def inputs(chip, pins):
    from quayscan_fw.hal_rp2.inputs import Inputs

    inputs = Inputs(pins["raman785"])
    for address, raw in ((DETECTOR, b"\x0a\x00"), (LIGHT, b"\x0c\x80")):
        chip.buses[1].parts[address] = {0: raw}
    chip.levels[pins["raman785"]["cutout"]] = 1
    return inputs


@pytest.mark.parametrize("name", FLAGS)
def test_each_contact_has_its_bit_and_is_read_anew(chip, pins, inputs, name):
    assert inputs.read().flags == 0
    chip.levels[pins["raman785"][name]] = 1
    assert inputs.read().flags == FLAGS[name]
    chip.levels[pins["raman785"][name]] = 0
    assert inputs.read().flags == 0


@pytest.mark.parametrize("name", [*FLAGS, "cutout"])
def test_a_broken_wire_reads_as_the_safe_side(chip, pins, inputs, name):
    assert chip.pulls[pins["raman785"][name]] == 2  # down: an open contact is low


def test_temperatures_are_hundredths_of_a_degree(inputs):
    reading = inputs.read()
    assert (reading.detector_temp, reading.light_temp) == (2000, 2500)


def test_temperature_below_zero(bus, inputs):
    bus.parts[DETECTOR][0] = b"\xfb\x00"
    assert inputs.read().detector_temp == -1000


def test_thermometers_convert_without_a_pause_and_without_averaging(bus, inputs):
    inputs.read()
    assert bus.parts[DETECTOR][1] == bus.parts[LIGHT][1] == b"\x00\x00"


def test_silent_bus_reads_as_too_hot_and_recovers(bus, inputs):
    inputs.read()
    bus.deaf = True
    reading = inputs.read()
    assert reading.detector_temp == reading.light_temp == 32767
    bus.deaf = False
    bus.parts[LIGHT].pop(1)
    assert inputs.read().light_temp == 2500
    assert bus.parts[LIGHT][1] == b"\x00\x00", "a part that lost its power is set up again"


def test_thermometer_without_a_conversion_is_outside_every_range(bus, inputs):
    from quayscan_fw.hal_rp2.facts import FACTS

    bus.parts[DETECTOR][0] = b"\x80\x00"
    assert all(inputs.read().detector_temp < facts["detector_temp"][0] for facts in FACTS.values())


def test_open_cutout_reads_as_too_hot(chip, pins, inputs):
    chip.levels[pins["raman785"]["cutout"]] = 0
    assert inputs.read().light_temp == 32767


def test_photodiode_is_sampled_at_each_read(chip, pins, inputs):
    for counts in (3, 40000):
        chip.analog[pins["raman785"]["photodiode"]] = counts
        assert inputs.read().photodiode == counts
