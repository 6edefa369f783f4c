"""The rig board's parts on a chip of plain objects: relays, lamp, edges with their time, a thermometer that lies."""

import sys

import pytest

from quayscan_wire import rig


class Clock:
    def __init__(self):
        self.now = 100

    def ticks_us(self):
        return self.now

    def ticks_diff(self, later, earlier):
        return (later - earlier + (1 << 29)) % (1 << 30) - (1 << 29)


@pytest.fixture
def ticks(monkeypatch):
    import time

    clock = Clock()
    monkeypatch.setattr(time, "ticks_us", clock.ticks_us, raising=False)
    monkeypatch.setattr(time, "ticks_diff", clock.ticks_diff, raising=False)
    return clock


@pytest.fixture
def rig_pins(chip, monkeypatch):
    for name in [each for each in sys.modules if each.startswith("quayscan_rig")]:
        monkeypatch.delitem(sys.modules, name)
    from quayscan_rig.hal_rp2.pins import PINS

    return PINS


@pytest.fixture
def board(chip, rig_pins, ticks, monkeypatch):
    import quayscan_rig.hal_rp2.board as module

    monkeypatch.setattr(module, "UsbLink", lambda: None)
    return module.RigBoard()


def test_power_is_on_and_every_other_relay_open_from_the_start(chip, rig_pins, board):
    levels = {name: chip.levels[rig_pins[name]] for name in ("interlock", "key", "trigger", "power")}
    assert levels == {"interlock": 0, "key": 0, "trigger": 0, "power": 1}


@pytest.mark.parametrize(
    ("line", "name"),
    [(rig.INTERLOCK, "interlock"), (rig.KEY, "key"), (rig.TRIGGER, "trigger"), (rig.POWER, "power")],
)
def test_each_relay_follows_its_line(chip, rig_pins, board, line, name):
    for value in (1, 0, 1):
        board.drive(line, value)
        assert chip.levels[rig_pins[name]] == value


@pytest.mark.parametrize(("value", "duty"), [(0, 0), (500, 32767), (1000, 65535), (2000, 65535), (-5, 0)])
def test_the_lamp_is_driven_within_its_range(chip, rig_pins, board, value, duty):
    board.drive(rig.STIMULUS, value)
    assert chip.duty[rig_pins["stimulus"]] == duty


@pytest.mark.parametrize(("centi_c", "raw"), [(2500, 3200), (0, 0), (-1000, 0x10000 - 1280), (4601, 5889)])
def test_the_thermometer_reads_as_a_tmp117_what_the_rig_says(chip, board, centi_c, raw):
    board.drive(rig.LIGHT_TEMP, centi_c)
    (target,) = chip.targets
    assert (target.bus, target.address) == (1, 0x49)
    assert target.memory[0] << 8 | target.memory[1] == raw


def test_the_board_s_own_set_up_does_not_spoil_it(chip, board):
    board.drive(rig.LIGHT_TEMP, 4601)
    (target,) = chip.targets
    target.memory[1:3] = b"\x00\x00"  # writeto_mem(0x49, 1, two bytes)
    target.handler(target)
    assert target.memory[0] << 8 | target.memory[1] == 5889


def test_edges_have_the_time_at_which_they_happened(chip, rig_pins, board, ticks):
    for now, line, level in ((1000, "enable", 1), (1200, "light", 1), (1900, "enable", 0)):
        ticks.now = now
        chip.edge(rig_pins[line], level)
    ticks.now = 5000
    first = board.edge()
    seen = [first, board.edge(), board.edge()]
    assert [(line, level) for _, line, level in seen] == [(rig.ENABLE, 1), (rig.LIGHT, 1), (rig.ENABLE, 0)]
    assert [at - first[0] for at, _, _ in seen] == [0, 200, 900]
    assert board.edge() is None


def test_edges_that_find_no_room_are_counted(chip, rig_pins, board):
    from quayscan_rig.hal_rp2.edges import KEPT

    for number in range(KEPT + 10):
        chip.edge(rig_pins["enable"], number % 2)
    taken = 0
    while board.edge() is not None:
        taken += 1
    assert taken == KEPT - 1
    assert board._edges.lost == 11


def test_the_clock_goes_on_over_the_port_s_own_laps(board, ticks):
    ticks.now = (1 << 30) - 50
    before = board.ticks_us()
    ticks.now = 70
    assert (board.ticks_us() - before) % (1 << 32) == 120


def test_enable_and_photodiode_are_read_anew(chip, rig_pins, board):
    chip.levels[rig_pins["enable"]] = 1
    chip.analog[rig_pins["photodiode"]] = 777
    assert (board.enable(), board.photodiode()) == (1, 777)
    chip.levels[rig_pins["enable"]] = 0
    assert board.enable() == 0


def test_no_two_lines_share_a_pin_or_a_pwm_slice_with_another_frequency(rig_pins):
    assert len(set(rig_pins.values())) == len(rig_pins)
    assert rig_pins["light_temp_data"] % 4 == 2
    assert rig_pins["light_temp_clock"] == rig_pins["light_temp_data"] + 1
