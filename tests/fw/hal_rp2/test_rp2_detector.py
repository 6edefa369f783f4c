import pytest

PIXELS = 3648


@pytest.fixture
def ccd(chip, pins):
    from quayscan_fw.hal_rp2.ccd import open_ccd

    return open_ccd(pins["raman785"], PIXELS)


def test_frame_is_ready_when_the_last_sample_is_there(chip, ccd):
    ccd.start(1000)
    assert not ccd.ready()
    chip.channels[0].deliver([7] * (32 + PIXELS))
    assert ccd.ready()


def test_dummies_are_left_out_and_counts_rise_with_light(chip, ccd):
    ccd.start(1000)
    chip.channels[0].deliver([1] * 32 + [65535 - pixel for pixel in range(PIXELS)])
    target = memoryview(bytearray(2 * PIXELS))
    ccd.read_into(target)
    assert list(target.cast("H")) == list(range(PIXELS))


def test_every_frame_uses_the_same_memory(chip, ccd):
    ccd.start(1000)
    first = chip.channels[0].write
    chip.channels[0].deliver([0] * (32 + PIXELS))
    chip.machines[1].fifo.clear()
    chip.machines[4].fifo.clear()
    ccd.start(1000)
    assert chip.channels[0].write is first


def test_start_in_the_middle_of_a_frame_begins_anew(chip, ccd):
    ccd.start(4_000_000)
    gates, converter = chip.machines[1], chip.machines[4]
    ccd.start(1000)
    assert chip.machines[1] is not gates
    assert chip.machines[4] is not converter
    assert chip.machines[1].fifo == [ccd.loops(1000)]
    assert chip.machines[4].fifo == [32 + PIXELS - 1]
    assert chip.machines[1].running
    assert chip.machines[4].running


def test_samples_go_from_the_converters_fifo_to_memory_as_halfwords(chip, ccd):
    settings = chip.channels[0].settings
    assert settings["read"] is chip.machines[4]
    assert settings["ctrl"] == {"size": 1, "inc_read": False, "inc_write": True, "treq_sel": 12}


def test_at_rest_sh_is_low_and_icg_is_high(chip, pins, ccd):
    gates = chip.machines[1]
    assert gates.program[6] == (2, 3)  # out, low and out, high
    assert (gates.set_base, gates.in_base) == (pins["raman785"]["ccd_shift_gate"], pins["raman785"]["ccd_master_clock"])


def test_no_board_takes_an_exposure_that_its_detector_would_make_longer(chip, pins):
    from quayscan_fw.hal_rp2.ccd import open_ccd
    from quayscan_fw.hal_rp2.facts import FACTS
    from quayscan_fw.hal_rp2.ingaas_array import open_array

    for name, open_detector in (("raman785", open_ccd), ("nir1700", open_array)):
        least = FACTS[name]["min_exposure_us"]
        detector = open_detector(pins[name], FACTS[name]["pixels"])
        assert detector.loops(least) * 0.256 == pytest.approx(least - detector._overhead * 0.256, abs=0.13)
