"""Each planted bug of the device program is caught by the case that is named for it, and a sound program by none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from planted import BUGS, plant

from quayscan.rig import CASES, FAILED, CaseResult, VirtualResources, open_rig, run_case
from quayscan.rig import driver as rig_driver


def judged(case_name: str, firmware: Path, keys: Path) -> CaseResult:
    (case,) = [one for one in CASES if one.name == case_name]
    rig = open_rig(VirtualResources("raman785", seed=3, firmware=firmware), keys, 3)
    try:
        return run_case(rig, case, 3)
    finally:
        rig.close()


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_caught_by_the_case_named_for_it(
    bug: str, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rig_driver, "BOOT_S", 1.0)
    monkeypatch.setattr("quayscan.device.session.TRIES", 5)
    _, _, _, case, finding = BUGS[bug]
    result = judged(case, plant(bug, checkout / "firmware", tmp_path / "firmware"), tmp_path / "keys")
    assert result.outcome == FAILED
    assert re.search(finding, result.finding), result.finding
