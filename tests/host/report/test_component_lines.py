"""Components and limits on the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rich.console import Console

from quayscan.report.component_lines import component_lines
from quayscan.report.json_line import verdict_json
from quayscan.verdict import Action, Component, DetectionLimit, Verdict, VerdictKind

PLAIN = Verdict(
    verdict=VerdictKind.MIXTURE,
    action=Action.NO_CONTROLLED_FOUND,
    cause="",
    candidates=(),
    components=(),
    reasons=(),
    controls=(),
    false_alarm=None,
    jurisdictions=("UN88",),
    at=date(2026, 11, 25),
    recipe="raman-1:0123456789ab",
    library_name="fake",
    library_sha256="ab" * 32,
)
FULL = replace(
    PLAIN,
    components=(
        Component(substance="acetone", name="Acetone", role="contents", low=0.5, high=0.7),
        Component(substance="", name="Water or Tea", role="contents", low=0.3, high=0.5, alternatives=("water", "tea")),
    ),
    detection_limits=tuple(
        DetectionLimit(substance=f"s{at}", name=f"Substance {at}", share=0.2 - at / 100) for at in range(10)
    ),
)


def _page(verdict: Verdict) -> str:
    console = Console(width=100, record=True, force_terminal=False)
    lines = component_lines(verdict)
    assert lines is not None
    with console.capture() as caught:
        console.print(lines)
    return caught.get()


def test_a_verdict_without_components_and_limits_has_no_lines() -> None:
    assert component_lines(PLAIN) is None


def test_each_part_has_its_range_in_figures_and_as_a_bar() -> None:
    page = _page(FULL)
    assert "50% to 70%" in page
    assert "·" * 15 + "█" * 6 + "·" * 9 in page
    assert "Water or Tea" in page


def test_the_highest_limits_are_shown_and_the_rest_counted() -> None:
    page = _page(FULL)
    assert "20%" in page
    assert "Substance 7" in page
    assert "Substance 8" not in page
    assert "2 others" in page


def test_json_has_alternatives_and_limits_only_where_there_are_any() -> None:
    full, plain = verdict_json(FULL, file="x.csv"), verdict_json(PLAIN, file="x.csv")
    assert "alternatives" not in full["components"][0]
    assert full["components"][1]["alternatives"] == ["water", "tea"]
    assert full["detection_limits"][0] == {"substance": "s0", "name": "Substance 0", "share": 0.2}
    assert "detection_limits" not in plain
