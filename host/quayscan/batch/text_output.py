"""CSV and JSON lines: rows are appended whole, and a row that a killed run left half is cut off."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ..errors import UsageError
from .output import Before, refuse_existing
from .row import COLUMNS
from .task import Kind, csv_text

QUOTE = b'"'


@dataclass(slots=True, kw_only=True)
class TextOutput:
    """A text file that holds whole rows; opened for each write only."""

    path: Path
    before: Before

    @classmethod
    def opened(cls, path: Path, kind: Kind, *, resume: bool) -> TextOutput:
        """Begin a file, or cut off what is incomplete at the end of one.

        Raises
        ------
        UsageError
            The file holds rows and `resume` is not asked for; it cannot be written; it holds other columns.
        """
        head = csv_text([COLUMNS]).encode() if kind == "csv" else b""
        try:
            if not resume and path.exists() and path.stat().st_size > len(head):
                raise refuse_existing(path)
            with path.open("r+b" if path.exists() else "w+b") as handle:
                before, end = _read_rows(path, handle, kind, head)
                handle.truncate(end)
                handle.seek(end)
                handle.write(b"" if end else head)
        except OSError as exc:
            raise UsageError(f"{path} cannot be written ({exc.strerror}): choose another --out") from exc
        return cls(path=path, before=before)

    def write(self, rows: str) -> None:
        """Append rows; what is in the file survives the end of this process, however it comes."""
        with self.path.open("ab") as handle:
            handle.write(rows.encode())

    def finish(self) -> None:
        """Nothing is left to do: every row is in the file."""


def _read_rows(path: Path, handle: IO[bytes], kind: Kind, head: bytes) -> tuple[Before, int]:
    """What complete rows say, and where they end."""
    end = 0
    files: list[str] = []
    errors = 0
    asked: tuple[str, str, str, str] | None = None
    for at, text in enumerate(_whole_rows(handle, quoted=kind == "csv")):
        end += len(text)
        if kind == "csv" and at == 0:
            if text != head:
                raise _no_output(path)
            continue
        row = _parsed(path, text, kind)
        files.append(row["file"])
        if row["verdict"]:
            library = json.loads(row["library"]) if isinstance(row["library"], str) else row["library"]
            asked = (row["at"], row["recipe"], library["name"], library["sha256"])
        else:
            errors += 1
    return Before(files=tuple(files), errors=errors, asked=asked), end


def _whole_rows(handle: IO[bytes], *, quoted: bool) -> Iterator[bytes]:
    """Rows that end in a line end; in CSV one within quotes ends no row."""
    row = b""
    for line in handle:
        row += line
        if line.endswith(b"\n") and not (quoted and row.count(QUOTE) % 2):
            yield row
            row = b""


def _parsed(path: Path, text: bytes, kind: Kind) -> dict[str, Any]:
    try:
        if kind == "jsonl":
            row: dict[str, Any] = json.loads(text)
        else:
            (values,) = csv.reader(io.StringIO(text.decode(), newline=""))
            row = dict(zip(COLUMNS, values, strict=True))
        if {"file", "verdict", "library", "at", "recipe"} <= row.keys():
            return row
    except (ValueError, AttributeError) as exc:
        raise _no_output(path) from exc
    raise _no_output(path)


def _no_output(path: Path) -> UsageError:
    return UsageError(f"{path} is no output of this command: choose another --out")
