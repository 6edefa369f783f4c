"""What a sound board does, on the rig that --rig names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quayscan.rig import CASES, PASSED, CaseResult

NAMES = [case.name for case in CASES if case.group == "function"]


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_board_does_it(judged: Callable[[str], CaseResult], name: str) -> None:
    result = judged(name)
    assert result.outcome == PASSED, result.finding
    assert all(latency.gate_ms <= latency.limit_ms for latency in result.latencies)
