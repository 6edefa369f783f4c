"""Parquet: rows go into part files beside the output, which are joined at the end, one row group each.

A part appears whole (written aside, then renamed), so that after a kill every part that is there counts.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import UsageError
from .output import Before, refuse_existing
from .row import COLUMNS

PART_ROWS = 512
"""Rows of a part and of a row group."""

MISSING = "Parquet needs pyarrow: pip install 'quayscan[parquet]', or write --out FILE.csv or FILE.jsonl"


@dataclass(slots=True, kw_only=True)
class ParquetOutput:
    """Part files, and the rows that do not fill the next one yet."""

    path: Path
    before: Before
    parts: Path
    whole: int
    rows: list[list[Any]]
    complete: bool = False

    @classmethod
    def opened(cls, path: Path, *, resume: bool) -> ParquetOutput:
        """Begin an output, or go on with the parts of one.

        Raises
        ------
        UsageError
            The file or parts of it exist and `resume` is not asked for; no pyarrow; the folder cannot be written.
        """
        _pyarrow()
        parts = path.with_name(f"{path.name}.parts")
        if not resume and (path.exists() or any(parts.glob("*"))):
            raise refuse_existing(path if path.exists() else parts)
        if path.exists():
            rows = _read(path)
            return cls(path=path, before=_before(rows), parts=parts, whole=0, rows=[], complete=True)
        try:
            parts.mkdir(exist_ok=True)
        except OSError as exc:
            raise UsageError(f"{parts} cannot be made ({exc.strerror}): choose another --out") from exc
        files = sorted(parts.glob("*.parquet"))
        rows = [row for file in files for row in _read(file)]
        whole = len(rows) // PART_ROWS
        return cls(path=path, before=_before(rows), parts=parts, whole=whole, rows=rows[whole * PART_ROWS :])

    def write(self, rows: Sequence[list[Any]]) -> None:
        """Keep rows, and write a part whenever one is full.

        Raises
        ------
        UsageError
            The output was finished by an earlier run, and there is more to write now.
        """
        if self.complete:
            raise UsageError(f"{self.path} is complete, and more files are asked about: choose another --out")
        self.rows.extend(rows)
        while len(self.rows) >= PART_ROWS:
            self._write_part(self.rows[:PART_ROWS])
            self.rows = self.rows[PART_ROWS:]
            self.whole += 1

    def finish(self) -> None:
        """Write what is left as the last part, join the parts, and remove them."""
        if self.complete:
            return
        if self.rows:
            self._write_part(self.rows)
        self._join()
        shutil.rmtree(self.parts)

    def _write_part(self, rows: Sequence[list[Any]]) -> None:
        parquet = _pyarrow()[1]
        place = self.parts / f"{self.whole:06}.parquet"
        aside = place.with_suffix(".new")
        parquet.write_table(_table(rows), aside)
        os.replace(aside, place)

    def _join(self) -> None:
        parquet = _pyarrow()[1]
        aside = self.path.with_name(f"{self.path.name}.new")
        with parquet.ParquetWriter(aside, _schema()) as writer:
            for part in sorted(self.parts.glob("*.parquet")):
                writer.write_table(parquet.read_table(part))
        os.replace(aside, self.path)


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as exc:
        raise UsageError(MISSING) from exc
    return pyarrow, pyarrow.parquet


def _schema() -> Any:
    pyarrow, _ = _pyarrow()
    special = {
        "score": pyarrow.float64(),
        "reasons": pyarrow.list_(pyarrow.string()),
        "schema_version": pyarrow.int32(),
    }
    return pyarrow.schema([(name, special.get(name, pyarrow.string())) for name in COLUMNS])


def _table(rows: Sequence[list[Any]]) -> Any:
    pyarrow, _ = _pyarrow()
    columns = list(zip(*rows, strict=True))
    arrays = [pyarrow.array(list(one), field.type) for one, field in zip(columns, _schema(), strict=True)]
    return pyarrow.Table.from_arrays(arrays, schema=_schema())


def _read(path: Path) -> list[list[Any]]:
    pyarrow, parquet = _pyarrow()
    try:
        table = parquet.read_table(path)
    except (OSError, pyarrow.ArrowException) as exc:
        raise UsageError(f"{path} cannot be read ({exc}): remove it, or choose another --out") from exc
    if table.schema.names != list(COLUMNS):
        raise UsageError(f"{path} is no output of this command: choose another --out")
    return [list(row) for row in zip(*(column.to_pylist() for column in table.columns), strict=True)]


def _before(rows: Sequence[list[Any]]) -> Before:
    named = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    judged = [one for one in named if one["verdict"]]
    asked = None
    if judged:
        library = json.loads(judged[-1]["library"])
        asked = (judged[-1]["at"], judged[-1]["recipe"], library["name"], library["sha256"])
    return Before(files=tuple(one["file"] for one in named), errors=len(named) - len(judged), asked=asked)
