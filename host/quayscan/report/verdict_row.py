"""One verdict as one row of a table, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..verdict import Verdict

COLUMNS = (
    "file",
    "verdict",
    "action",
    "cause",
    "named",
    "controls",
    "declared",
    "declared_answer",
    "declared_p_value",
    "declared_n",
    "declared_why",
    "found_instead",
    "families",
    "at",
    "library",
    "recipe",
    "error",
)


def verdict_row(verdict: Verdict | None, *, file: str, error: str = "") -> Mapping[str, Any]:
    """The cells of one file's row, by the names of `COLUMNS`; several values of a cell are a tuple.

    Parameters
    ----------
    verdict : None for a file that has none, because of `error`.
    """
    empty = {**dict.fromkeys(COLUMNS, ""), "file": file, "error": error}
    if verdict is None:
        return empty
    named = tuple(one.name for one in verdict.candidates if one.named)
    return {
        **empty,
        "verdict": verdict.verdict.value,
        "action": verdict.action.value,
        "cause": verdict.cause,
        "named": named,
        "controls": tuple(dict.fromkeys(f"{one.regime} {one.list_name}" for one in verdict.controls)),
        **_declared_cells(verdict),
        "families": tuple(one.title for one in verdict.families),
        "at": verdict.at.isoformat(),
        "library": verdict.library_sha256,
        "recipe": verdict.recipe,
    }


def _declared_cells(verdict: Verdict) -> Mapping[str, Any]:
    one = verdict.declared
    if one is None:
        return {}
    return {
        "declared": one.text,
        "declared_answer": one.answer.value,
        "declared_p_value": "" if one.p_value is None else round(one.p_value, 4),
        "declared_n": one.n,
        "declared_why": one.why,
        "found_instead": one.found,
    }
