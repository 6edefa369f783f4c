"""The fault campaign: one seed with every commit, twenty by `make fault-campaign`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quayscan.rig import CASES, PASSED, CaseResult, chosen_cases, parse_rig, run_rig, summarise, summary_lines

NAMES = [case.name for case in CASES if case.group == "fault"]
SEEDS = 20


@pytest.mark.parametrize("name", NAMES)
def test_a_board_bears_it_and_recovers(judged: Callable[[str], CaseResult], name: str) -> None:
    result = judged(name)
    assert result.outcome == PASSED, result.finding
    assert result.recovery_s is not None
    assert result.exposures >= 1
    assert result.injected
    assert result.invariant


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("board", ["raman785", "nir1700"])
def test_twenty_seeds_break_nothing_and_the_light_goes_off_in_time(board: str) -> None:
    spec = parse_rig(f"sim:{board}")
    results = list(run_rig(spec, chosen_cases(["function", "fault"]), range(SEEDS)))
    summary = summarise(results)
    print("", *[f"{one.name} {one.seed}: {one.finding}" for one in results if one.failed], sep="\n")
    print(board, *summary_lines(summary), sep="\n")
    assert [one for one in results if one.failed] == []
    assert summary.skipped == 0
    assert all(one.gate_p99_ms <= one.limit_ms for one in summary.light_off)
    assert {"interlock", "key", "light_temp", "photodiode", "silence"} <= {one.cause for one in summary.light_off}
    assert summary.passed
