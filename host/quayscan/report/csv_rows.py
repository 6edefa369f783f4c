"""Rows as a CSV file, for a spreadsheet or another program."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import InputError


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows with a header, in UTF-8 with LF line ends.

    Texts stay as they are, True and False become yes and no, several values are joined by " | ".

    Raises
    ------
    InputError
        The file cannot be written.
    """
    try:
        with path.open("w", newline="", encoding="utf-8") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    except OSError as exc:
        raise InputError(f"{path} cannot be written ({exc.strerror or exc}): give another --csv FILE") from exc


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return " | ".join(map(str, value))
    return str(value)
