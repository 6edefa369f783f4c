"""The interlock chain against a plain restatement of its rule, over random histories."""

from hypothesis import given
from hypothesis import strategies as st

from quayscan_hardware.bench.interlock import Interlock

ONE_SHOT_S = 0.3
SWITCHES = ("enable", "key_on", "interlock_closed", "connected")

event = st.one_of(
    st.tuples(st.sampled_from(SWITCHES), st.booleans()),
    st.tuples(st.just("light_temp_c"), st.sampled_from([25.0, 49.9, 50.0, 80.0])),
    st.tuples(st.just("pulse"), st.none()),
)
history = st.lists(st.tuples(st.floats(0.001, 0.5), event), max_size=40)


def closed():
    chain = Interlock(one_shot_s=ONE_SHOT_S, cutout_c=50.0, light_temp_c=25.0)
    chain.enable = chain.connected = True
    return chain


@given(history=history)
def test_light_is_on_exactly_while_every_condition_holds(history):
    chain = Interlock(one_shot_s=ONE_SHOT_S, cutout_c=50.0, light_temp_c=25.0)
    state = {"enable": False, "key_on": True, "interlock_closed": True, "connected": False}
    temp, pulse, now, seconds = 25.0, None, 0.0, 0.0
    for wait, (name, value) in history:
        was_closed = all(state.values()) and temp < 50.0
        if was_closed and pulse is not None:
            seconds += max(0.0, min(now + wait, pulse + ONE_SHOT_S) - now)
        now += wait
        chain.settle(now)
        if name == "pulse":
            pulse = now
            chain.retrigger(now)
        elif name == "light_temp_c":
            temp = chain.light_temp_c = value
        else:
            state[name] = value
            setattr(chain, name, value)
        expected = all(state.values()) and temp < 50.0 and pulse is not None and now < pulse + ONE_SHOT_S
        assert chain.settle(now) == expected
    assert abs(chain.seconds_on(0.0, now) - seconds) < 1e-6


def test_time_with_light_is_counted_within_the_interval_only():
    chain = closed()
    chain.retrigger(1.0)
    chain.settle(5.0)
    assert chain.log == [(1.0, True), (1.3, False)]
    assert chain.seconds_on(0.0, 1.0) == 0.0
    assert abs(chain.seconds_on(1.1, 1.2) - 0.1) < 1e-12
    assert abs(chain.seconds_on(1.2, 9.0) - 0.1) < 1e-12


def test_transitions_alternate_and_their_times_ascend():
    chain = closed()
    for step in range(10):
        chain.retrigger(float(step))
    chain.settle(20.0)
    times = [time for time, _ in chain.log]
    assert [on for _, on in chain.log] == [True, False] * 10
    assert times == sorted(times)
