import pytest
from fake_board import INTERLOCK, KEY

from quayscan_wire import faults, kinds, messages, states


def break_key(host):
    host.hardware.flags &= ~KEY


def break_interlock(host):
    host.hardware.flags &= ~INTERLOCK


def break_heartbeat(host):
    host.beating = False


def heat_detector(host):
    host.hardware.detector_temp = 4001


def freeze_detector(host):
    host.hardware.detector_temp = -2001


def heat_light(host):
    host.hardware.light_temp = 4001


def darken_indicator(host):
    host.hardware.indicator_works = False


def blind_photodiode(host):
    host.hardware.photodiode_works = False


def stop_detector(host):
    host.board.detector.works = False


CAUSES = [
    (break_key, faults.KEY_OFF, 2),
    (break_interlock, faults.INTERLOCK_OPEN, 2),
    (break_heartbeat, faults.HEARTBEAT_LOST, 403),
    (heat_detector, faults.OVER_TEMPERATURE, 2),
    (freeze_detector, faults.OVER_TEMPERATURE, 2),
    (heat_light, faults.OVER_TEMPERATURE, 2),
    (darken_indicator, faults.INDICATOR_DARK, 2),
    (blind_photodiode, faults.LIGHT_MISMATCH, 2),
    (stop_detector, faults.DETECTOR, 2520),
]


@pytest.mark.parametrize(("cause", "code", "within_ms"), CAUSES)
def test_light_goes_off_first_then_the_fault_is_told_and_latched(emitting, cause, code, within_ms):
    cause(emitting)
    # A stopped detector or host shows only after its time; the light must be off at the next pass after that.
    emitting.run(within_ms)
    assert not emitting.hardware.enable
    assert not emitting.hardware.indicator
    emitting.replies()
    assert [fault["code"] for fault in emitting.unasked] == [code]
    status = emitting.status()
    assert (status["state"], status["fault"], status["job"]) == (states.FAULT, code, 0)
    assert status["last_end"] == code
    assert status["pending"] == 0


@pytest.mark.parametrize(("cause", "code", "within_ms"), CAUSES[:6])
def test_one_shot_is_not_retriggered_after_a_breach(emitting, cause, code, within_ms):
    shots = len(emitting.hardware.shots)
    cause(emitting)
    emitting.run(within_ms)
    late = [at for at in emitting.hardware.shots[shots:] if at > emitting.hardware.drives[-1][0]]
    assert late == []
    emitting.run(100)
    assert emitting.hardware.shots[-1] <= emitting.hardware.drives[-1][0]


def test_heartbeat_loss_is_no_earlier_than_its_limit(emitting):
    emitting.status()
    emitting.beating = False
    emitting.run(emitting.board.config.heartbeat_ms)
    assert emitting.hardware.light
    emitting.run(2)
    assert not emitting.hardware.enable


def test_on_time_is_limited_even_when_frames_come_late(host):
    host.board.config.max_on_ms = 700
    host.hello()
    host.scan(exposure_us=100000, averages=3)
    slow = host.board.detector.start
    host.board.detector.start = lambda exposure_us: slow(4 * exposure_us)
    host.run(2400)
    on = next(at for at, _, enable, _ in host.hardware.drives if enable)
    off = next(at for at, _, enable, _ in host.hardware.drives if at > on and not enable)
    assert off - on <= 702
    assert host.status()["last_end"] == faults.ON_TIME


def test_indicator_is_lit_for_the_whole_delay_before_emission(emitting):
    lit = next(at for at, indicator, _, _ in emitting.hardware.drives if indicator)
    on = next(at for at, _, enable, _ in emitting.hardware.drives if enable)
    assert on - lit >= emitting.board.config.warning_ms
    assert min(emitting.hardware.shots) >= on


def test_dark_indicator_never_lets_the_light_on(host):
    host.hardware.indicator_works = False
    host.hello()
    host.scan()
    host.run(400)
    assert not any(enable for _, _, enable, _ in host.hardware.drives)
    assert host.status()["last_end"] == faults.INDICATOR_DARK


def test_light_seen_while_off_is_a_fault(host):
    host.hello()
    host.hardware.stray = 1500
    host.run(30)
    assert host.status()["fault"] == faults.LIGHT_MISMATCH


def test_interlock_opened_during_dark_frames_is_latched_when_light_is_wanted(host):
    host.hello()
    host.scan()
    host.run(10)
    break_interlock(host)
    host.run(30)
    assert host.status()["fault"] == 0
    host.run(60)
    assert host.status()["fault"] == faults.INTERLOCK_OPEN
    assert not any(enable for _, _, enable, _ in host.hardware.drives)


@pytest.mark.parametrize("cause", [break_key, break_interlock, heat_detector, heat_light])
def test_clear_works_only_when_the_cause_is_gone(emitting, cause):
    before = dict(vars(emitting.hardware))
    cause(emitting)
    emitting.run(3)
    assert emitting.ask(kinds.CLEAR)[1] == messages.pack_state(states.FAULT)
    for name in ("flags", "detector_temp", "light_temp"):
        setattr(emitting.hardware, name, before[name])
    # After the light went off the photodiode has had its time long ago; CLEAR reads the inputs afresh.
    assert emitting.ask(kinds.CLEAR)[1] == messages.pack_state(states.READY)


def test_arming_reads_fresh_inputs_not_the_last_poll(host):
    host.hello()
    host.run(5)
    break_interlock(host)  # nothing has polled since
    assert host.refused(kinds.SCAN, messages.pack_scan(1000, 1))["code"] == faults.INTERLOCK_OPEN


def test_idle_state_follows_the_inputs_without_latching(host):
    host.hello()
    host.run(5)
    assert host.status()["state"] == states.READY
    break_key(host)
    host.run(2)
    status = host.status()
    assert (status["state"], status["fault"], status["inputs"] & KEY) == (states.OFF, 0, 0)
    host.hardware.flags |= KEY
    host.run(2)
    assert host.status()["state"] == states.READY


def test_old_heartbeat_does_not_come_back_when_the_clock_wraps(host):
    host.hello()
    host.status()
    host.beating = False
    host.run(500)
    host.program.guard.poll()
    assert host.program.guard.state == states.OFF
    host.board.clock.now = 10  # as after a wrap, the old heartbeat looks fresh
    host.program.guard.poll()
    assert host.program.guard.state == states.OFF
