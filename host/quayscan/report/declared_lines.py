"""What a verdict says about declared goods: as lines for a person, as JSON, and as cells of a row."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from ..verdict import Declared, DeclaredAnswer

_STYLES = {
    DeclaredAnswer.CONSISTENT: "bold black on green",
    DeclaredAnswer.NOT_CONSISTENT: "bold white on red",
    DeclaredAnswer.CANNOT_TELL: "bold black on yellow",
}
DECIMALS = 4


def declared_lines(declared: Declared) -> RenderableType:
    """The answer, why, and one line for each substance that the declaration may stand for where there are several."""
    answer = Text(f" {declared.answer.value.replace('_', ' ')} ", style=_STYLES[declared.answer])
    head = Text.assemble(f"declared: {declared.text}  ", answer)
    if declared.p_value is not None:
        head.append(f"  p {declared.p_value:.3f} of n {declared.n}", style="dim")
    lines = [Text(f"• {sentence}") for sentence in declared.why]
    if len(declared.tests) > 1:
        lines += [Text(f"  {_test(one.name, one.score, one.p_value)}", style="dim") for one in declared.tests]
    return Group(head, *lines)


def _test(name: str, score: float | None, p_value: float | None) -> str:
    if score is None or p_value is None:
        return f"{name}: no reference"
    return f"{name}: score {score:.3f}, p {p_value:.3f}"


def declared_json(declared: Declared) -> dict[str, Any]:
    """The JSON object of a verdict's `declared`."""
    return {
        "text": declared.text,
        "answer": declared.answer.value,
        "why": list(declared.why),
        "tests": [
            {**asdict(one), "score": _round(one.score), "p_value": _round(one.p_value)} for one in declared.tests
        ],
        "p_value": _round(declared.p_value),
        "n": declared.n,
        "only_spectrum_cm1": list(declared.only_spectrum),
        "only_reference_cm1": list(declared.only_reference),
        "found": list(declared.found),
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
