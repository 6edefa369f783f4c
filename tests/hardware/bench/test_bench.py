"""`Bench`: deterministic frames, and a hardware chain that alone decides about the light."""

import numpy as np
import pytest

from quayscan_hardware.bench import IDEAL, Bench

INDICATOR, ENABLE = 1, 2
ONE_SHOT_S = 0.3


class Clock:
    """Seconds that pass only when told."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def bench(two_bands, clock):
    """A connected bench, light off."""
    bench = Bench(sample=two_bands, conditions=IDEAL, clock=clock)
    bench.connect(True)
    return bench


def light(bench):
    bench.drive_outputs(INDICATOR | ENABLE, 1000)
    bench.retrigger()


def frame(bench, clock, exposure_us=100_000, lit=False):
    if lit:
        light(bench)
    bench.start_integration(exposure_us)
    clock.now += exposure_us * 1e-6
    return bench.read_frame()


@pytest.mark.parametrize("sample", ["acetone", "neon", "none"])
def test_same_seed_and_same_calls_give_the_same_frames(sample):
    def run(seed):
        clock = Clock()
        bench = Bench(sample=sample, seed=seed, clock=clock)
        bench.connect(True)
        return [frame(bench, clock, lit=lit) for lit in (False, True, True)], bench

    (first, bench), (again, _), (other, _) = run(7), run(7), run(8)
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first[0], other[0])
    assert first[0].dtype == np.dtype("<u2")
    assert len(bench.uid) == 16


def test_how_often_inputs_are_polled_does_not_change_the_frames(clock):
    def run(polls):
        clock.now = 0.0
        bench = Bench(sample="acetone", clock=clock)
        bench.connect(True)
        for _ in range(polls):
            bench.read_inputs()
        return frame(bench, clock, lit=True)

    np.testing.assert_array_equal(run(0), run(50))


def test_light_needs_enable_and_the_pulse(bench):
    bench.drive_outputs(INDICATOR | ENABLE, 1000)
    assert not bench.light_on
    bench.retrigger()
    assert bench.light_on
    bench.drive_outputs(INDICATOR, 1000)
    assert not bench.light_on


def test_one_shot_runs_out_without_pulses_and_the_log_has_its_time(bench, clock):
    light(bench)
    clock.now += 0.9 * ONE_SHOT_S
    bench.retrigger()
    clock.now += 0.9 * ONE_SHOT_S
    assert bench.light_on
    clock.now += 10.0
    assert not bench.light_on
    assert bench.emission_log == [(100.0, True), (pytest.approx(100.0 + 1.9 * ONE_SHOT_S), False)]


@pytest.mark.parametrize(("name", "value"), [("key_on", False), ("interlock_closed", False), ("light_temp_c", 50.0)])
def test_each_input_of_the_chain_puts_the_light_out_at_once(bench, name, value):
    light(bench)
    assert bench.light_on
    setattr(bench, name, value)
    assert not bench.light_on
    assert bench.emission_log[-1] == (100.0, False)
    light(bench)
    assert not bench.light_on


def test_a_client_that_goes_away_leaves_darkness_and_low_outputs(bench):
    light(bench)
    bench.connect(False)
    assert not bench.light_on
    bench.connect(True)
    bench.retrigger()
    assert not bench.light_on
    assert not bench.indicator_on


def test_inputs_are_read_as_they_are_set(bench):
    bench.trigger_held = True
    bench.key_on = False
    bench.detector_temp_c = -5.25
    bench.drive_outputs(INDICATOR, 0)
    flags, detector_c, light_c, photodiode = bench.read_inputs()
    assert flags == 0b1110
    assert (detector_c, light_c) == (-5.25, 25.0)
    assert photodiode < bench.board.light.photodiode_on
    bench.indicator_works = False
    assert bench.read_inputs()[0] == 0b0110


def test_photodiode_sees_the_light_and_can_be_stuck(bench):
    light(bench)
    assert bench.read_inputs()[3] == pytest.approx(18_000, rel=0.05)
    bench.photodiode_stuck = 0
    assert bench.read_inputs()[3] == 0


def test_a_frame_has_light_only_for_the_time_that_the_light_was_on(bench, clock):
    dark = frame(bench, clock)
    full = frame(bench, clock, lit=True)
    light(bench)
    bench.start_integration(100_000)
    clock.now += 0.05
    bench.interlock_closed = False
    clock.now += 0.05
    half = bench.read_frame()
    assert [f.lit for f in bench.frames] == [0.0, 1.0, pytest.approx(0.5)]
    top = np.argmax(full)
    signal = np.array([dark[top], half[top], full[top]], dtype=float) - dark[top]
    assert signal[1] == pytest.approx(signal[2] / 2, rel=0.1)  # shot noise of 6,000 e- is 1.3 %


def test_speed_shortens_the_waiting_and_nothing_else(two_bands, clock):
    def run(speed):
        bench = Bench(sample=two_bands, speed=speed, clock=clock)
        bench.connect(True)
        light(bench)
        bench.start_integration(100_000)
        clock.now += 0.099 / speed
        assert not bench.frame_ready()
        clock.now += 0.002 / speed
        return bench.read_frame()

    np.testing.assert_array_equal(run(1.0), run(50.0))


def test_reading_before_the_frame_is_ready_is_an_error(bench):
    with pytest.raises(ValueError, match="no frame is ready"):
        bench.read_frame()
    bench.start_integration(100_000)
    with pytest.raises(ValueError, match="no frame is ready"):
        bench.read_frame()


def test_a_broken_detector_is_never_ready(bench, clock):
    bench.detector_works = False
    bench.start_integration(1000)
    clock.now += 10.0
    assert not bench.frame_ready()


def test_truth_log_sums_are_the_sums_of_the_delivered_frames(bench, clock):
    frames = [frame(bench, clock, lit=lit).astype(np.uint32) for lit in (False, False, True, True)]
    light_sum, dark_sum = bench.last_sums(2)
    np.testing.assert_array_equal(dark_sum, frames[0] + frames[1])
    np.testing.assert_array_equal(light_sum, frames[2] + frames[3])
    with pytest.raises(ValueError, match="4 frames were delivered: 6 are needed"):
        bench.last_sums(3)


def test_power_is_limited_to_what_the_driver_can_give(bench):
    bench.drive_outputs(INDICATOR | ENABLE, 60_000)
    bench.retrigger()
    limit = bench.board.light.max_mw * bench.board.light.photodiode_counts_per_mw
    assert bench.read_inputs()[3] == pytest.approx(limit, rel=0.01)


def test_a_speed_of_zero_is_refused():
    with pytest.raises(ValueError, match="speed is 0"):
        Bench(speed=0.0)
