import pytest


@pytest.fixture
def wired(chip, pins):
    from quayscan_fw.hal_rp2.outputs import Outputs

    names = {number: name for name, number in pins["raman785"].items()}
    outputs = Outputs(pins["raman785"], 3000)

    def since():
        seen = [(names[number], level) for number, level in chip.log]
        chip.log.clear()
        return seen

    return outputs, since


def test_all_is_low_from_the_start_enable_first(wired):
    _, since = wired
    seen = since()
    assert seen[0] == ("light_enable", 0)
    assert {level for _, level in seen} == {0}
    assert {name for name, _ in seen} == {"light_enable", "one_shot", "indicator", "light_power"}


def test_enable_goes_on_last_and_off_first(wired):
    outputs, since = wired
    since()
    outputs.drive(True, True, 1500)
    assert since() == [("indicator", 1), ("light_power", 32767), ("light_enable", 1)]
    outputs.drive(False, False, 0)
    assert since() == [("light_enable", 0), ("indicator", 0), ("light_power", 0)]


def test_warning_has_no_set_point(wired):
    outputs, since = wired
    since()
    outputs.drive(True, False, 3000)
    assert since() == [("light_enable", 0), ("indicator", 1), ("light_power", 0)]


def test_power_is_never_over_the_boards_maximum(wired, chip, pins):
    outputs, _ = wired
    outputs.drive(True, True, 9999)
    assert chip.duty[pins["raman785"]["light_power"]] == 65535


def test_retrigger_is_one_pulse(wired):
    outputs, since = wired
    since()
    outputs.retrigger()
    assert since() == [("one_shot", 1), ("one_shot", 0)]
