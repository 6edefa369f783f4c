"""One file's verdict as one row: the columns a table has, and their cells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..pipeline import FileResult
from ..report import error_json, verdict_json

FIRST = ("file", "verdict", "action", "substance", "score", "reasons", "error")
REST = (
    *("schema_version", "candidates", "components", "controls", "detection_limits", "not_ruled_out", "false_alarm"),
    *("jurisdictions", "at", "recipe", "library", "declared", "families"),
)
COLUMNS = (*FIRST, *REST)
"""Columns of a CSV or Parquet file. `record` of the JSON is left out: a batch stores no records."""

PLAIN = frozenset({"schema_version", "at", "recipe"})
"""Columns of the rest that hold one value; the others hold JSON text."""


def row_of(result: FileResult) -> Mapping[str, Any]:
    """The fields of the verdict's JSON, those that a person reads first in front.

    `substance` is what is named, several names joined by " | "; `score` is the best candidate's, named or not.
    """
    if result.verdict is None:
        fields = error_json(" ".join((result.error or "").split()), file=result.file)
    else:
        fields = verdict_json(result.verdict, file=result.file)
    fields["substance"] = " | ".join(_named(fields)) or None
    fields["score"] = fields["candidates"][0]["score"] if fields["candidates"] else None
    return {**{name: fields[name] for name in FIRST}, **fields}


def _named(fields: Mapping[str, Any]) -> list[str]:
    if fields["components"]:
        return [one["name"] for one in fields["components"] if one["role"] != "container"]
    return [one["name"] for one in fields["candidates"] if one["named"]]


def cells(row: Mapping[str, Any]) -> list[Any]:
    """The values of a row by `COLUMNS`; what is nested is JSON text, what is missing or empty there None."""
    first = [row[name] for name in FIRST]
    return first + [_cell(name, row.get(name)) for name in REST]


def compact(value: Any) -> str:
    """JSON without blanks, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _cell(name: str, value: Any) -> Any:
    if name in PLAIN or value is None:
        return value
    return compact(value) if value else None
