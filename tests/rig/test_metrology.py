"""Every figure of a board, beside the limit of its definition, on the rig that --rig names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quayscan.rig import CASES, PASSED, CaseResult

NAMES = [case.name for case in CASES if case.group == "metrology"]


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_board_keeps_its_limit(judged: Callable[[str], CaseResult], name: str) -> None:
    result = judged(name)
    assert result.outcome == PASSED, result.finding
    assert result.measured is not None
    assert result.limit is not None
    assert result.measured <= result.limit
