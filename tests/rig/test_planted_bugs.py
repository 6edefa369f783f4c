"""Each planted bug of the device program is caught by the case that is named for it, and a sound program by none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from planted import BUGS, plant

from quayscan.rig import CASES, FAILED, CaseResult, VirtualResources, open_rig, run_case, summarise
from quayscan.rig import driver as rig_driver


def judged(case_name: str, firmware: Path, keys: Path) -> CaseResult:
    (case,) = [one for one in CASES if one.name == case_name]
    rig = open_rig(VirtualResources("raman785", seed=3, firmware=firmware), keys, 3)
    try:
        return run_case(rig, case, 3)
    finally:
        rig.close()


@pytest.mark.slow
def test_a_loop_that_sleeps_too_long_is_caught_by_the_run_as_a_whole(checkout: Path, tmp_path: Path) -> None:
    firmware = plant("sleeps for 40 ms under light", checkout / "firmware", tmp_path / "firmware")
    results = [judged("interlock", firmware, tmp_path / f"keys{number}") for number in range(5)]
    assert not summarise(results).passed


ATTEMPTS = 4
"""A stale answer is stale for one pass of the loop: a busy computer may ask too late to see it."""

CAUGHT = [bug for bug, (_, _, _, case, _) in BUGS.items() if case]


@pytest.mark.parametrize("bug", CAUGHT)
def test_a_planted_bug_is_caught_by_the_case_named_for_it(
    bug: str, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rig_driver, "BOOT_S", 1.0)
    monkeypatch.setattr("quayscan.device.session.TRIES", 5)
    _, _, _, case, finding = BUGS[bug]
    firmware = plant(bug, checkout / "firmware", tmp_path / "firmware")
    for number in range(ATTEMPTS):
        result = judged(case, firmware, tmp_path / f"keys{number}")
        if result.outcome == FAILED:
            break
    assert result.outcome == FAILED
    assert re.search(finding, result.finding), result.finding
