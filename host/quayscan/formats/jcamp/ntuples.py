"""NTUPLES of JCAMP-DX 5: several tables, a page each, under one head of columns.

Pure Appl. Chem. 71 (1999) 1549, section on NTUPLES.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...errors import FileFormatError
from .records import Block, Record
from .tables import Scale, Table, number_of, read_table

_FORM = re.compile(r"\(\s*([A-Za-z])\s*(?:\+\+\s*\(\s*)?([A-Za-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One table, the page it stands on, and what the head says of its columns."""

    name: str
    table: Table
    x_units: str
    y_units: str
    sticks: bool


def read_pages(path: Path, block: Block) -> list[Page]:
    """Every data table of an NTUPLES block, in order.

    Raises
    ------
    FileFormatError
        A table names a column that the head does not describe, or cannot be read; names the line.
    """
    columns = _Columns(path, block)
    return [columns.page(path, name, record, points) for name, record, points in _tables(path, block)]


def _tables(path: Path, block: Block) -> Iterator[tuple[str, Record, int | None]]:
    page, points = "", None
    for record in block.records:
        if record.label == "PAGE":
            page, points = record.text, None
        elif record.label == "NPOINTS":
            count = number_of(path, record)
            points = None if count is None else int(min(max(count, 0.0), 2.0**31)) if count == count else 0
        elif record.label == "DATATABLE":
            yield page, record, points


class _Columns:
    """The head: one value a column for each of SYMBOL, UNITS, FIRST, LAST, FACTOR, VAR_DIM, VAR_NAME."""

    def __init__(self, path: Path, block: Block) -> None:
        self._symbols = _cells(block, "SYMBOL")
        self._cells = {
            label: _cells(block, label) for label in ("VARNAME", "UNITS", "FIRST", "LAST", "FACTOR", "VARDIM")
        }
        if not self._symbols:
            raise FileFormatError(f"{path}: line {block.records[0].line}: NTUPLES without ##SYMBOL=: export it again")

    def page(self, path: Path, name: str, record: Record, points: int | None) -> Page:
        found = _FORM.search(record.value)
        columns = [self._symbols.index(one) for one in (found.groups() if found else ()) if one in self._symbols]
        if len(columns) != 2:
            raise FileFormatError(
                f"{path}: line {record.line}: {record.value[:40]!r} names no two columns of ##SYMBOL="
                f" {', '.join(self._symbols)}"
            )
        x, y = columns
        count = points if points is not None else self._count(path, record, y)
        scale = Scale(
            points=count,
            first=self._number(path, record, "FIRST", x),
            last=self._number(path, record, "LAST", x),
            x_factor=self._number(path, record, "FACTOR", x) or 1.0,
            y_factor=self._number(path, record, "FACTOR", y) or 1.0,
            first_y=self._number(path, record, "FIRST", y),
        )
        title = " ".join(part for part in (f"page {name}" if name else "", self._cell("VARNAME", y)) if part)
        return Page(
            name=title,
            table=read_table(path, record, scale),
            x_units=self._cell("UNITS", x),
            y_units=self._cell("UNITS", y),
            sticks="PEAKS" in record.value.upper(),
        )

    def _cell(self, label: str, column: int) -> str:
        cells = self._cells[label]
        return cells[column] if column < len(cells) else ""

    def _number(self, path: Path, record: Record, label: str, column: int) -> float | None:
        return number_of(path, Record(label=label, value=self._cell(label, column), below=(), line=record.line))

    def _count(self, path: Path, record: Record, column: int) -> int | None:
        count = self._number(path, record, "VARDIM", column)
        return None if count is None or count != count else int(min(max(count, 0.0), 2.0**31))


def _cells(block: Block, label: str) -> list[str]:
    text = block.text(label)
    return [cell.strip() for cell in text.split(",")] if text else []
