"""Countdown and search under the whole program, on a board of plain objects whose light the detector sees."""

import itertools

import pytest
from fake_board import FakeDetector, Host

from quayscan_wire import blob, faults, kinds, measure, messages, states

RATE = 2.0  # counts a microsecond at full power
FACTS = {"max_exposure_us": 4_000_000, "max_on_ms": 30_000, "exposure_us": 100_000}


class ShiningDetector(FakeDetector):
    """Counts grow with time and power; pixel 7 is hot; `glow` multiplies the light from frame `glows_from` on."""

    glow = 1.0
    glows_from = 999

    def start(self, exposure_us):
        super().start(exposure_us)
        self._us = exposure_us
        self._power = self._hardware.power

    def value(self, number, lit, pixel):
        light = RATE * self._us * self._power / 1000 if lit else 0
        light *= self.glow if number >= self.glows_from else 1.0
        hot = 2.5 * self._us if pixel == 7 else 0
        return int(min(65535, 500 + 0.01 * self._us + hot + light * (0.1 + 0.9 * (20 <= pixel < 32))))


@pytest.fixture
def shining():
    host = Host(**FACTS)
    host.board.detector = host.program.exposure._detector = ShiningDetector(host.hardware, host.board.clock)
    host.program.exposure._lead._detector = host.board.detector
    host.hello()
    return host


def begin(host, **asked):
    kind, payload = host.ask(kinds.MEASURE, messages.pack_measure(**asked))
    assert kind == kinds.MEASURE | kinds.REPLY, messages.unpack_fault(payload)
    return messages.unpack_scan_answer(payload)["exposure_id"]


def finish(host, exposure_id, most_ms=12000):
    for _ in range(most_ms // 50):
        host.run(50)
        if host.program.exposure.last_id == exposure_id:
            host.replies()
            return host.status()
    raise AssertionError("it does not end")


def test_the_device_finds_the_exposure_and_tells_how(shining):
    exposure_id = begin(shining, target=720, budget_ms=2000)
    assert finish(shining, exposure_id)["last_end"] == 0
    fields, _ = blob.unpack_metadata(bytes(shining.program.ring.find(exposure_id).blob))
    assert fields["auto"] == measure.REACHED
    assert 1 <= fields["probes"] <= measure.PROBES
    assert fields["peak"] == pytest.approx(0.72 * 65535, rel=0.02)
    assert (fields["saturated"], fields["hot"], fields["light_power"]) == (0, 1, 1000)
    assert fields["averages"] == 1000 // (fields["exposure_us"] // 1000 + 10)


def test_no_frame_is_taken_before_the_light_has_its_power(shining):
    shining.board.config.warmup_ms = shining.program.exposure._lead._warmup_ms = 7
    starts, start = [], shining.board.detector.start

    def noted(exposure_us):
        start(exposure_us)
        starts.append(shining.board.clock.now)

    shining.board.detector.start = noted
    finish(shining, begin(shining, target=720, budget_ms=2000))
    came_on = [at for at, _, enable, _ in shining.hardware.drives if enable]
    assert len(came_on) >= 3
    for at in came_on:
        assert min(start for start in starts if start >= at) >= at + 7


def test_every_frame_of_the_search_has_its_own_warning_and_the_light_is_off_between(shining):
    exposure_id = begin(shining, target=720, budget_ms=2000)
    finish(shining, exposure_id)
    enables = [enable for _, _, enable, _ in shining.hardware.drives]
    rises = sum(b and not a for a, b in itertools.pairwise(enables))
    fields, _ = blob.unpack_metadata(bytes(shining.program.ring.find(exposure_id).blob))
    assert rises == fields["probes"] + 1
    last = None
    for at, indicator, enable, _ in shining.hardware.drives:
        if enable:
            assert at - last >= shining.board.config.warning_ms
        elif indicator:
            last = at


def test_a_rise_in_the_search_turns_the_light_off_and_latches(shining):
    shining.board.detector.glows_from, shining.board.detector.glow = 3, 5.0
    exposure_id = begin(shining, target=720, budget_ms=2000)
    status = finish(shining, exposure_id)
    assert (status["last_end"], status["fault"]) == (faults.BURN_GUARD, faults.BURN_GUARD)
    assert status["state"] == states.FAULT
    assert not shining.hardware.enable


def test_a_rise_in_the_exposure_itself_does_the_same(shining):
    begin(shining, target=720, budget_ms=2000)
    while shining.program.exposure.job != states.JOB_LIGHT:
        shining.run(1)
    shining.run(30)
    assert shining.hardware.light
    shining.board.detector.glows_from, shining.board.detector.glow = len(shining.board.detector.frames) + 1, 2.0
    shining.run(200)
    shining.replies()
    assert not shining.hardware.enable
    assert shining.status()["last_end"] == faults.BURN_GUARD


def test_a_sample_too_bright_for_the_least_light_ends_without_a_fault(shining):
    shining.board.detector.glows_from, shining.board.detector.glow = 0, 3000.0
    status = finish(shining, begin(shining, target=720, budget_ms=2000))
    assert (status["last_end"], status["fault"], status["pending"]) == (faults.TOO_BRIGHT, 0, 0)


def test_a_countdown_is_told_in_tenths_and_the_light_stays_off(shining):
    begin(shining, exposure_us=5000, averages=2, delay_ms=3000)
    shining.run(1000)
    shining.replies()
    status = shining.status()
    assert status["job"] == states.JOB_DELAY
    assert (status["done"], status["total"]) == (10, 30)
    assert not any(enable for _, _, enable, _ in shining.hardware.drives)
    shining.run(2300)
    shining.replies()
    assert shining.status()["pending"] == 1


@pytest.mark.parametrize("when", [500, 2100, 2250])
def test_abort_ends_countdown_and_search(shining, when):
    begin(shining, target=720, budget_ms=2000, delay_ms=2000)
    shining.run(when)
    shining.ask(kinds.ABORT)
    shining.run(3000)
    shining.replies()
    status = shining.status()
    assert (status["job"], status["last_end"], status["pending"]) == (states.JOB_IDLE, faults.ABORTED, 0)
    assert not shining.hardware.enable


def test_an_interlock_opened_in_the_search_ends_it(shining):
    begin(shining, target=720, budget_ms=2000)
    while not shining.hardware.light:
        shining.run(1)
    shining.hardware.flags &= ~2
    shining.run(3)
    assert not shining.hardware.enable
    shining.run(3000)
    assert shining.program.exposure.last_end == faults.INTERLOCK_OPEN


def test_a_detector_that_hangs_in_the_search_is_a_fault(shining):
    begin(shining, target=720, budget_ms=2000)
    shining.board.detector.works = False
    shining.run(2300)
    assert shining.program.exposure.last_end == faults.DETECTOR


@pytest.mark.parametrize(
    "asked",
    [
        {"target": 50, "budget_ms": 2000},
        {"target": 950, "budget_ms": 2000},
        {"target": 720, "budget_ms": 10},
        {"target": 720, "budget_ms": 60_001},
        {"target": 720, "budget_ms": 2000, "flags": 1},
        {"target": 720, "budget_ms": 2000, "light_power": 3001},
        {"target": 720, "budget_ms": 2000, "exposure_us": 4_000_001},
        {"exposure_us": 5000, "averages": 2, "delay_ms": 600_001},
        {"exposure_us": 0, "averages": 2, "delay_ms": 10},
    ],
)
def test_values_out_of_range_are_refused_by_name(shining, asked):
    fault = shining.refused(kinds.MEASURE, messages.pack_measure(**asked))
    assert fault["code"] == faults.BAD_PAYLOAD
    assert "allowed are" in fault["text"]


def test_a_board_with_a_white_tile_refuses_a_target():
    host = Host(**FACTS, technique="nir", white_ms=50, warmup_ms=20)
    host.hello()
    fault = host.refused(kinds.MEASURE, messages.pack_measure(target=720, budget_ms=2000))
    assert fault["code"] == faults.BAD_PAYLOAD
    assert "white tile" in fault["text"]
