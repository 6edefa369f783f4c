"""Thousands of random events on MicroPython: whatever happens, the light obeys and every exposure is exact once."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from machine_process import MachineProcess
from running_device import MICROPYTHON

SHARED = {}
SMALL = st.integers(0, 40)
BREAKS = (
    *("key 0", "interlock 0", "trigger 0", "heat 41 -10", "heat 25 41", "works 0 1 1", "works 1 0 1", "works 1 1 0"),
    *("wait 210", "power", "unplug", "hello", "status 0"),
)
YES = st.sampled_from((0, 1, 1, 1))


class Events(RuleBasedStateMachine):
    """Each rule is one event of the machine; `do` asserts its invariants after every millisecond of it."""

    def do(self, event):
        SHARED["steps"] += 1
        seen = self.seen = SHARED["machine"].do(event)
        SHARED["lit"] += seen["light"] == "1"
        SHARED["taken"] += event == "take" and seen["answer"] != "0"
        SHARED["lost"] += seen["lost"] != "0"
        SHARED["faults"].add(seen["fault"])

    @initialize(standalone=st.sampled_from((None, 0, 1, 1)))
    def begin(self, standalone):
        self.do("new")
        self.do("hello")
        if standalone is not None:
            self.do(f"provision {standalone}")
            self.do("prove")

    @rule(right=YES)
    def prove(self, right):
        self.do(f"prove {right}")

    @rule()
    def hello(self):
        self.do("hello")

    @rule(sealed=YES)
    def status(self, sealed):
        self.do(f"status {sealed}")

    @rule(exposure_ms=st.sampled_from((1, 20, 60, 120)), averages=st.integers(1, 4), dark=st.sampled_from((0, 0, 0, 1)))
    def scan(self, exposure_ms, averages, dark):
        self.do(f"scan {exposure_ms} {averages} {dark}")

    @rule(ms=st.sampled_from((40, 120, 200, 400)))
    def beat(self, ms):
        self.do(f"beat {ms}")

    @rule(ms=st.sampled_from((1, 7, 30, 65, 150, 210)))
    def wait(self, ms):
        self.do(f"wait {ms}")

    def make_well(self):
        for event in ("trigger 0", "key 1", "interlock 1", "heat 25 -10", "works 1 1 1", "stray 0", "cut -1"):
            self.do(event)

    @rule(exposure_ms=st.sampled_from((60, 100)), into_light_ms=st.integers(0, 200))
    def light_by_host(self, exposure_ms, into_light_ms):
        self.make_well()
        for event in ("prove", "hello", "status", "clear", "take"):
            if event != "hello" or self.seen["answer"] != "136":  # 136: the key was proved
                self.do(event)
        self.do(f"scan {exposure_ms} 3")
        self.do(f"beat {3 * exposure_ms + 65 + into_light_ms}")

    @rule()
    def end_and_take(self):
        self.do("beat 600")
        self.do("take")

    @rule(into_light_ms=st.integers(0, 60))
    def light_by_trigger(self, into_light_ms):
        self.make_well()
        self.do("wait 3010")
        self.do("trigger 1")
        self.do(f"wait {3 * 20 + 65 + into_light_ms}")

    @rule(name=st.sampled_from(("key", "interlock", "trigger")), on=YES)
    def pin(self, name, on):
        self.do(f"{name} {on}")

    @rule(light=st.sampled_from((25, 25, 25, 41, 9)), detector=st.sampled_from((-10, -10, -10, 41, -21)))
    def heat(self, light, detector):
        self.do(f"heat {light} {detector}")

    @rule(indicator=YES, photodiode=YES, detector=YES)
    def works(self, indicator, photodiode, detector):
        self.do(f"works {indicator} {photodiode} {detector}")

    @rule(percent=st.sampled_from((100, 100, 100, 60, 140, 45, 170)))
    def shine(self, percent):
        self.do(f"shine {percent}")

    @rule(counts=st.sampled_from((0, 0, 0, 1500)))
    def stray(self, counts):
        self.do(f"stray {counts}")

    @rule(event=st.sampled_from(("take", "take", "clear", "abort", "journal", "journal 1", "fail", "unplug", "power")))
    def simple(self, event):
        self.do(event)

    @rule(back=SMALL)
    def replay(self, back):
        self.do(f"replay {back}")

    @rule(back=SMALL, bit=st.integers(0, 400))
    def flip(self, back, bit):
        self.do(f"flip {back} {bit}")

    @rule(kind=st.integers(0, 255), size=SMALL)
    def forge(self, kind, size):
        self.do(f"forge {kind} {size}")

    @rule(event=st.sampled_from(BREAKS))
    def break_while_lit(self, event):
        if self.seen["light"] != "1":
            self.light_by_host(60, 50)
        self.do(event)
        self.do("wait 25" if event != "works 1 1 0" else "beat 950")

    @rule(after=st.integers(0, 800))
    def cut_power_while_flash_is_written(self, after):
        """The first bytes after a silence are those of the exposure that waits in memory."""
        self.make_well()
        for event in ("prove", "hello", "clear", "take", "scan 1 1 1", "beat 20", f"cut {after}", "wait 3010"):
            if event != "hello" or self.seen["answer"] != "136":
                self.do(event)
        self.do("cut -1")


def drive(examples, steps, seed_from_time=False):
    """Run the machine; gives what it saw: steps, steps with light, exposures taken, faults."""
    SHARED.update(machine=MachineProcess("micropython"), steps=0, lit=0, taken=0, lost=0, faults=set())
    try:
        run_state_machine_as_test(
            Events,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                derandomize=not seed_from_time,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        SHARED["machine"].close()
    return SHARED


@pytest.mark.skipif(MICROPYTHON is None, reason="no micropython for this platform")
def test_no_sequence_of_events_breaks_an_invariant():
    saw = drive(examples=10, steps=40)
    assert saw["steps"] > 500
    assert saw["lit"] > 10
    assert saw["taken"] > 0


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.skipif(MICROPYTHON is None, reason="no micropython for this platform")
def test_no_sequence_of_ten_thousand_events_breaks_an_invariant():
    saw = drive(examples=75, steps=100, seed_from_time=True)
    print({name: value for name, value in saw.items() if name != "machine"})
    assert saw["steps"] > 10_000
    assert saw["lit"] > 1000
    assert saw["taken"] > 50
    assert {"KEY_OFF", "INTERLOCK_OPEN", "HEARTBEAT_LOST", "OVER_TEMPERATURE", "INDICATOR_DARK"} <= saw["faults"]
    assert saw["lost"] > 0
    assert {"LIGHT_MISMATCH", "ON_TIME", "TRIGGER_RELEASED", "PROGRAM"} <= saw["faults"]
