"""Parts of the board that fail: converter, photodiode, clock, heap, and the program itself."""

from __future__ import annotations

from collections.abc import Callable

from quayscan_hardware.bench import Bench
from quayscan_hardware.rig.controller import LIGHT, MARK, POWER
from quayscan_wire import faults, kinds, states
from quayscan_wire.frame import encode_frame

from ...device import ScanSettings
from ...errors import DeviceError, RigViolation, SafetyFault
from ..case import FAULT, Case, Found
from ..deadline import Deadline
from ..judge import judge
from ..resource import PARTS as BREAKABLE
from ..resource import TRUTH
from ..rig import QUICK, Rig
from ..strategy import LIT, STEP_S, State

WRAP = 1 << 30
"""Milliseconds after which the RP2040's ticks begin anew."""

MOST_DRIFT = 0.02
"""Far more than any crystal's 50 ppm (chosen)."""


def _bench(rig: Rig) -> Bench:
    truth = rig.resources.truth
    if truth is None:
        raise RigViolation("the case needs the virtual bench")
    return truth


def _converter_stuck(rig: Rig) -> Found:
    """Every pixel reads the same: what is measured so is never taken for a substance."""
    bench = _bench(rig)
    adc_max = rig.board.detector.adc_max
    stuck = int(rig.rng.choice([0, int(rig.rng.integers(1, adc_max)), adc_max]))
    rig.to(State.IDLE)
    bench.converter_stuck = stuck
    exposure = rig.driver.measure(QUICK)
    verdict = judge(exposure)
    if stuck == adc_max and exposure.saturated != rig.board.detector.pixels:
        raise RigViolation(f"{exposure.saturated} pixels count as saturated and all are")
    if verdict != "INADEQUATE":
        raise RigViolation(f"a converter that is stuck at {stuck} was judged {verdict}")
    rig.recover()
    return Found(finding=f"stuck at {stuck}: told as {verdict}, {exposure.saturated} pixels saturated")


def _detector_dead(rig: Rig) -> Found:
    """The detector gets ready no more."""
    rig.to(State.IDLE)
    rig.driver.begin(ScanSettings(exposure_us=20_000, averages=20))
    rig.driver.attend(float(rig.rng.uniform(0.0, 0.9)))
    _bench(rig).detector_works = False
    rig.driver.until_state(states.FAULT, 10.0)
    rig.check_fault(faults.DETECTOR)
    rig.recover()
    return Found(finding="DETECTOR is latched, no light")


def _photodiode_stuck(rig: Rig) -> Found:
    """The light's monitor reads dark, or full, whatever the light does."""
    stuck = int(rig.rng.choice([0, 20]))
    rig.emit(most_s=0.05)
    rig.driver.attend(rig.board.light.follow_ms * 1e-3 + 0.03)
    rig.drive(MARK, 2)
    _bench(rig).photodiode_stuck = stuck
    rig.await_dark()
    latency = rig.check_off(MARK, 2, named="photodiode")
    rig.check_fault(faults.LIGHT_MISMATCH)
    rig.recover()
    return Found(finding=f"stuck at {stuck}: off after {latency.gate_ms:.2f} ms")


def _saturated_photodiode(rig: Rig) -> Found:
    """A monitor that sees light where none was asked for forbids light."""
    rig.to(State.IDLE)
    rig.driver.attend(rig.board.light.follow_ms * 1e-3 + 0.03)
    _bench(rig).photodiode_stuck = 0xFFFF
    rig.check_refused(faults.LIGHT_MISMATCH)
    rig.recover()
    return Found(finding="stuck at full scale: no light, LIGHT_MISMATCH")


def _adc(rig: Rig) -> Found:
    kinds: tuple[Callable[[Rig], Found], ...] = (
        _converter_stuck,
        _photodiode_stuck,
        _detector_dead,
        _saturated_photodiode,
    )
    found = [kinds[index](rig) for index in rig.rng.permutation(len(kinds))[:2]]
    return Found(finding="; ".join(one.finding for one in found))


def _restarted(rig: Rig, parts: dict[str, float]) -> None:
    """The board after a power-up with these parts broken."""
    rig.to(State.IDLE)
    rig.resources.break_parts(parts)
    rig.strategy.cycle_power()
    rig.controller.events()


def _ticks_wrap(rig: Rig) -> Found:
    """The clock begins anew during an exposure, with light on or about to be."""
    dark_ms = LIT.exposure_us * LIT.averages * 1e-3
    start = WRAP - int(rig.rng.uniform(0.3, 2.0) * dark_ms)
    _restarted(rig, {"clock_start": start})
    rig.to(State.IDLE)
    rig.driver.begin(LIT)
    rig.driver.until_idle(LIT)
    if len(rig.driver.take()) != 1:
        raise RigViolation("an exposure over the end of the clock did not finish")
    rig.emit(most_s=0.05)
    silence = rig.check_silence()
    rig.recover()
    return Found(finding=f"wrapped {WRAP - start} ms after power-up: exact, silence off after {silence.gate_ms:.0f} ms")


def _drift(rig: Rig) -> Found:
    rate = 1.0 + float(rig.rng.uniform(-MOST_DRIFT, MOST_DRIFT))
    _restarted(rig, {"clock_rate": rate, "clock_start": int(rig.rng.integers(0, WRAP))})
    rig.to(State.IDLE)
    rig.driver.measure(QUICK)
    rig.emit(most_s=0.05)
    silence = rig.check_silence(rate)
    rig.recover()
    return Found(finding=f"clock {100 * (rate - 1):+.1f} %: exact, silence off after {silence.gate_ms:.0f} ms")


def _heap(rig: Rig) -> Found:
    """Memory runs out with the light on."""
    left = int(rig.rng.integers(64, 1200))
    at_frame = LIT.averages + 2
    _restarted(rig, {"heap_left": left, "at_frame": at_frame})
    rig.to(State.IDLE)
    said = "ended whole"
    try:
        rig.driver.begin(LIT)
        end = rig.driver.until_idle(LIT)["last_end"]
        said = f"ended with {faults.name(end)}" if end else said
    except (SafetyFault, DeviceError, RigViolation) as exc:
        said = type(exc).__name__
    rig.await_dark(LIT.averages * LIT.exposure_us * 1e-6 + 2.0)
    rig.resources.break_parts({})
    rig.strategy.cycle_power()
    rig.recover()
    return Found(finding=f"{left} bytes left from frame {at_frame} on: the exposure {said}, no light afterwards")


def _hung(rig: Rig) -> Found:
    """The program hangs under light: the hardware one-shot ends it."""
    _restarted(rig, {"hang": 1, "at_frame": LIT.averages + int(rig.rng.integers(2, LIT.averages - 1))})
    rig.to(State.IDLE)
    rig.driver.begin(LIT)
    rig.driver.until_state(states.EMITTING, STEP_S)
    Deadline(LIT.averages * LIT.exposure_us * 1e-6 + 1.0, "the light's end").until(lambda: _went_dark(rig), 0.05)
    if not rig.controller.enabled():
        raise RigViolation("the program turned its light off: it was to hang")
    rig.resources.break_parts({})
    rig.strategy.cycle_power()
    rig.recover()
    return Found(finding=f"dark by the one-shot of {rig.board.safety.one_shot_ms} ms, recovered by a power cycle")


def _went_dark(rig: Rig) -> bool:
    """Whether the light is off again, while the host goes on as if nothing had happened."""
    rig.driver.link.write(encode_frame(kinds.STATUS, int(rig.rng.integers(1, 0x4000)), b""))
    lights = [event for event in rig.events() if event.line == LIGHT]
    return bool(lights) and not lights[-1].value


def _case(name: str, run: Callable[[Rig], Found], injected: str, invariant: str) -> Case:
    needs = frozenset({BREAKABLE, TRUTH, POWER, MARK})
    return Case(name=name, group=FAULT, injected=injected, invariant=invariant, run=run, needs=needs)


PARTS = (
    _case(
        "converter stuck",
        _adc,
        "two of: converter stuck or saturated, photodiode dark or full, detector never ready",
        "never a substance, never light that is not seen; the fault is named",
    ),
    _case("ticks wrap", _ticks_wrap, "the clock begins anew during an exposure", "exact exposures, heartbeat as ever"),
    _case("clock drift", _drift, "the board's clock is up to 2 % off", "exact exposures, heartbeat by its own clock"),
    _case("heap exhausted", _heap, "64 to 1,200 bytes of heap are left under light", "light off; a restart recovers"),
    _case(
        "hung task", _hung, "a call under light never returns", "the one-shot turns the light off; a restart recovers"
    ),
)
