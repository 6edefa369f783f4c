"""No exposure is lost, doubled with a difference, or anything but the sum of its own frames."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from quayscan.errors import RigViolation
from quayscan.exposure import Exposure
from quayscan.rig.ledger import Ledger, difference
from quayscan_hardware.bench import Frame

RNG = np.random.default_rng(5)
FRAMES = [
    Frame(counts=RNG.integers(900, 60000, 40).astype("<u2"), exposure_us=2000, lit=float(number % 6 >= 3))
    for number in range(12)
]


def exposure(frames: list[Frame], **changes: Any) -> Exposure:
    """What a sound device makes of dark and then light frames."""
    n = len(frames) // 2
    sums = [np.sum([one.counts for one in part], axis=0, dtype=np.uint32) for part in (frames[:n], frames[n:])]
    fields: dict[str, Any] = {
        "dark_sum": sums[0],
        "light_sum": sums[1],
        "averages": n,
        "exposure_us": 2000,
        "board": "raman785",
        "uid": "00",
        "firmware": "0.1.0",
        "implementation": "cpython",
        "laser_mw": 100.0,
        "detector_temp_c": 20.0,
        "light_temp_c": 25.0,
        "photodiode": 1000,
        "adc_max": 65535,
        "saturated": 0,
        "uptime_ms": 1,
        "exposure_id": 7,
        "mode": "HOSTED",
        "authenticated": False,
        "light_on_ms": 6,
        "blob": b"whole",
    }
    return Exposure(**{**fields, **changes})


class Truth:
    def delivered_frames(self) -> list[Frame]:
        return FRAMES


@pytest.mark.parametrize("start", [0, 6])
def test_the_sum_of_its_own_frames_is_right_wherever_they_lie(start: int) -> None:
    assert difference(exposure(FRAMES[start : start + 6]), FRAMES) == ""


def test_what_is_wrong_is_told() -> None:
    right = exposure(FRAMES[:6])
    altered = right.light_sum.copy()
    altered[30] += 1
    assert "light" in difference(exposure(FRAMES[:6], light_sum=altered), FRAMES)
    assert "dark" in difference(exposure(FRAMES[:6], dark_sum=np.zeros(40, dtype=np.uint32)), FRAMES)
    assert "not exposed for the 3000 us" in difference(exposure(FRAMES[:6], exposure_us=3000), FRAMES)
    assert "light was on in its dark frames" in difference(exposure(FRAMES[3:9]), FRAMES)
    assert "were read" in difference(exposure(FRAMES[:6]), FRAMES[:4])


def test_dark_and_light_of_different_exposures_do_not_pass_for_one() -> None:
    mixed = exposure(FRAMES[:6], light_sum=exposure(FRAMES[6:]).light_sum)
    assert difference(mixed, FRAMES)


def status(**fields: int) -> dict[str, int]:
    return {"exposure_id": 0, "last_id": 0, "last_end": 0, **fields}


def test_an_announced_exposure_that_never_comes_is_lost() -> None:
    ledger = Ledger(Truth())  # type: ignore[arg-type] # all that it needs of a bench
    ledger.announced(status(last_id=7))
    with pytest.raises(RigViolation, match="7 were announced and never delivered"):
        ledger.check()
    ledger.delivered(exposure(FRAMES[:6]))
    ledger.check()
    assert ledger.whole == 1


def test_an_exposure_that_ended_with_a_fault_is_not_waited_for() -> None:
    ledger = Ledger(None)
    ledger.announced(status(last_id=7, last_end=18))
    ledger.check()


def test_the_same_exposure_may_come_twice_but_not_differ() -> None:
    ledger = Ledger(Truth())  # type: ignore[arg-type]
    ledger.delivered(exposure(FRAMES[:6]))
    ledger.delivered(exposure(FRAMES[:6]))
    ledger.check()
    assert ledger.whole == 1
    ledger.delivered(exposure(FRAMES[:6], blob=b"other"))
    with pytest.raises(RigViolation, match="came twice and differed"):
        ledger.check()


def test_what_was_in_memory_alone_is_not_waited_for_after_a_power_cut() -> None:
    ledger = Ledger(None)
    ledger.announced(status(exposure_id=3))
    ledger.power_lost()
    ledger.check()
