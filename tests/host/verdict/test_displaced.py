"""A displaced axis: what the verdict says of it, and when it counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quayscan.match import MatchResult
from quayscan.match.axis_search import AxisOff
from quayscan.verdict import Action, Verdict, VerdictKind, decide
from quayscan.verdict.adequacy import displaced, may_be_displaced

from .fakes import AT, LIBRARY, evidence, judged, result

SHIFTED = AxisOff(shift_cm1=-104.0, stretch=0.0, score=0.98, entry=0, substance="acetone", name="Acetone")
STRETCHED = AxisOff(shift_cm1=0.0, stretch=0.05, score=0.98, entry=0, substance="acetone", name="Acetone")


def decided(found: MatchResult, axis: AxisOff | None) -> Verdict:
    return decide(
        found,
        library=LIBRARY,
        jurisdictions=("UN88",),
        at=AT,
        recipe="raman-1:0123456789ab",
        controls_at=lambda *asked: (),
        group_of=lambda substance: frozenset({substance}),
        axis=axis,
    )


def test_an_unknown_on_a_displaced_axis_is_inadequate_and_names_nothing() -> None:
    verdict = decided(result(evidence("b", 0.5)), SHIFTED)
    assert (verdict.verdict, verdict.action, verdict.cause) == (VerdictKind.INADEQUATE, Action.RESCAN, "axis-off")
    assert not any(one.named for one in verdict.candidates)
    assert verdict.controls == ()


@pytest.mark.parametrize(("axis", "by"), [(SHIFTED, "shifted by -104 cm-1"), (STRETCHED, "stretched by +5.0%")])
def test_the_reasons_say_by_how_much_what_would_fit_and_that_it_is_no_identification(axis: AxisOff, by: str) -> None:
    finding, remedy, *_ = decided(result(evidence("b", 0.5)), axis).reasons
    assert by in finding
    assert "if the axis were right, Acetone would fit" in finding
    assert "identifies nothing" in finding
    assert "quayscan device calibrate" in remedy


def test_what_fits_as_measured_is_not_put_down_to_the_axis() -> None:
    verdict = decided(result(evidence("acetone", 0.99)), SHIFTED)
    assert (verdict.verdict, verdict.cause) == (VerdictKind.MATCH, "")


def test_a_worse_fault_of_the_data_comes_first() -> None:
    assert decided(result(evidence("b", 0.5), chi=2.0), SHIFTED).cause == "weak"
    assert decided(result(evidence("b", 0.5), saturated_fraction=0.001), SHIFTED).cause == "saturated"


def test_the_axis_is_doubted_only_where_nothing_measured_is_named() -> None:
    named = judged(result(evidence("acetone", 0.99)), {})
    assert not may_be_displaced(named)
    assert may_be_displaced(judged(result(evidence("b", 0.5)), {}))
    assert not may_be_displaced(judged(result(chi=0.9), {}))
    by_structure = replace(named, candidates=(replace(named.candidates[0], grade="computed"),))
    assert may_be_displaced(by_structure)


def test_the_cause_is_one_word_with_a_remedy() -> None:
    assert " " not in displaced(SHIFTED).cause
    assert displaced(SHIFTED).remedy
