"""The whole program on the real board's parts, with a chip of plain objects under them and a clock of the test."""

import struct
import time

import pytest
from fake_board import FakeClock, FakeLink, Host

from quayscan_fw.program import Program
from quayscan_wire import blob, faults, frame, states

EXPOSURE_MS = 20
PIXELS = 3648
LIT, DARK = 20000, 500


class Rp2Host(Host):
    """The host of the other tests, before a board of hal_rp2."""

    def __init__(self, chip, pins):
        from quayscan_fw.hal_rp2.board import Rp2Board

        self.chip, self.pins = chip, pins
        for address in (0x48, 0x49):
            chip.buses[1].parts[address] = {0: b"\x0a\x00"}
        self.board = Rp2Board("raman785")
        self.board.clock, self.board.link, self.board.flash = FakeClock(), FakeLink(), None
        self.shot = -1000
        self.started = 0
        self._wire()
        self.program = Program(self.board)
        self.reader = frame.FrameReader()
        self.seq = 0
        self.beating = True
        self.unasked = []

    @property
    def enable(self):
        return self.chip.levels[self.pins["light_enable"]]

    def _wire(self):
        chip, pins, clock = self.chip, self.pins, self.board.clock
        chip.levels.update({pins[name]: 1 for name in ("key", "interlock", "cutout")})
        chip.sources[pins["indicator_sense"]] = lambda: chip.levels[pins["indicator"]]
        chip.sources[pins["photodiode"]] = lambda: 20000 if self.enable else 3
        start = self.board.detector.start

        def begin(exposure_us):
            self.started = clock.now
            self.lit = self.enable
            for machine in chip.machines.values():
                machine.fifo.clear()
            start(exposure_us)

        def samples():
            if clock.now - self.started < EXPOSURE_MS:
                return []
            level = LIT if self.lit else DARK
            return [65535] * 32 + [65535 - level - pixel for pixel in range(PIXELS)]

        self.board.detector.start = begin
        chip.converter = samples


@pytest.fixture
def host(chip, pins, monkeypatch):
    from pico import Bus

    monkeypatch.setattr(time, "ticks_ms", lambda: 0, raising=False)
    monkeypatch.setattr("quayscan_fw.hal_rp2.board.UsbLink", FakeLink)
    chip.buses[1] = Bus()
    return Rp2Host(chip, pins["raman785"])


def emit(host):
    host.hello()
    host.scan(exposure_us=1000 * EXPOSURE_MS, averages=3)
    host.run(3 * EXPOSURE_MS + host.board.config.warning_ms + 30)
    assert host.enable
    assert host.status()["state"] == states.EMITTING


def test_enable_is_the_first_pin_that_is_touched_and_goes_low(host):
    assert host.chip.log[0] == (host.pins["light_enable"], 0)


def test_an_exposure_is_the_sum_of_the_frames_with_the_light_on_in_its_own(host):
    emit(host)
    host.run(3 * EXPOSURE_MS + 30)
    assert not host.enable
    slot = host.program.ring.find(host.status()["exposure_id"])
    _, at = blob.unpack_metadata(bytes(slot.blob))
    light = struct.unpack_from(f"<{PIXELS}I", slot.blob, at)
    dark = struct.unpack_from(f"<{PIXELS}I", slot.blob, at + 4 * PIXELS)
    assert list(dark) == [3 * (DARK + pixel) for pixel in range(PIXELS)]
    assert list(light) == [3 * (LIT + pixel) for pixel in range(PIXELS)]


def test_light_is_kept_alive_only_while_it_emits(host):
    emit(host)
    one_shot = host.pins["one_shot"]
    first_on = host.chip.log.index((host.pins["light_enable"], 1))
    assert (one_shot, 1) not in host.chip.log[:first_on]
    host.chip.log.clear()
    host.run(5)
    assert host.chip.log.count((one_shot, 1)) >= 5


@pytest.mark.parametrize(
    ("pin", "code"),
    [("key", faults.KEY_OFF), ("interlock", faults.INTERLOCK_OPEN), ("cutout", faults.OVER_TEMPERATURE)],
)
def test_an_input_that_opens_drops_the_light_pin_in_the_same_pass(host, pin, code):
    emit(host)
    host.chip.levels[host.pins[pin]] = 0
    host.program.step()
    assert not host.enable
    assert host.chip.duty[host.pins["light_power"]] == 0
    assert host.status()["fault"] == code


def test_a_silent_sensor_bus_drops_the_light(host):
    emit(host)
    host.chip.buses[1].deaf = True
    host.program.step()
    assert not host.enable
    assert host.status()["fault"] == faults.OVER_TEMPERATURE


def test_arming_reads_the_inputs_anew(host):
    host.hello()
    host.scan(exposure_us=1000 * EXPOSURE_MS, averages=1)
    clock = host.board.clock
    host.chip.sources[host.pins["interlock"]] = lambda: int(clock.now - host.started < EXPOSURE_MS)
    host.run(2 * EXPOSURE_MS)
    assert not host.enable
    assert host.status()["fault"] == faults.INTERLOCK_OPEN


def test_uid_is_the_chips_and_clock_is_125_megahertz(host):
    assert host.board.config.uid == bytes(range(8))
    assert host.chip.hertz == 125000000


def test_watchdog_runs_for_longer_than_flash_is_erased_and_within_the_chips_limit(host):
    assert 4000 <= host.chip.watchdog[0] <= 8388


def test_panel_follows_the_state_and_warns_before_light(host):
    seen = []
    colours = {
        (0, 0, 0): "off",
        (24, 0, 0): "ready",
        (32, 48, 0): "warning",
        (0, 64, 0): "emitting",
    }  # green, red, blue
    buzzer = host.pins["buzzer"]
    show = host.board.panel.show
    step = host.program.step

    def one_pass():
        step()
        show(host.program.guard.state)
        now = (colours[tuple(host.chip.bits[-1][2])], host.chip.duty[buzzer] > 0)
        if now not in seen[-1:]:
            seen.append(now)

    host.program.step = one_pass
    emit(host)
    host.run(3 * EXPOSURE_MS + 30)
    assert seen == [
        ("off", False),
        ("ready", False),
        ("warning", True),
        ("emitting", False),
        ("off", False),
        ("ready", False),
    ]


def test_panel_writes_nothing_while_the_state_stays(host):
    host.board.panel.show(states.READY)
    written = len(host.chip.bits)
    host.board.panel.show(states.READY)
    assert len(host.chip.bits) == written


@pytest.mark.parametrize("name", ["raman785", "nir1700"])
def test_every_part_of_the_contract_is_there(chip, pins, monkeypatch, name):
    from quayscan_fw.hal_rp2.board import Rp2Board

    monkeypatch.setattr(time, "ticks_ms", lambda: 0, raising=False)
    monkeypatch.setattr("quayscan_fw.hal_rp2.board.UsbLink", FakeLink)
    monkeypatch.setattr("quayscan_fw.hal_rp2.board.STORE_FOLDER", "/dev/null")
    board = Rp2Board(name)
    for part in (
        "config",
        "inputs",
        "outputs",
        "detector",
        "clock",
        "link",
        "random",
        "flash",
        "watchdog",
        "panel",
        "tile",
    ):
        assert hasattr(board, part)
    assert chip.machines[0].running, "the detector's clock runs"


def test_only_hal_rp2_imports_machine_and_rp2(checkout):
    for file in checkout.joinpath("firmware").rglob("*.py"):
        text = file.read_text()
        uses = any(f"import {name}" in text or f"from {name} " in text for name in ("machine", "rp2"))
        assert not uses or "hal_rp2" in file.parts, file
