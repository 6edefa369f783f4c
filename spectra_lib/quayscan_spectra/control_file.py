"""Reads an updated control table, and refuses it whole when any row of it is wrong.

What is checked here is the content. Whose table it is, the host checks first by its signature.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import pairwise
from pathlib import Path

from .control_rows import FLAGS, Control, ControlTable, control_of, shipped_table
from .errors import ControlTableError, UnknownSubstance
from .law import known_lists, regimes
from .stated_date import counts_from
from .substances import resolve
from .table_rows import Row

COLUMNS = (
    "substance",
    "regime",
    "list",
    "decided",
    "effective",
    "end",
    "note",
    "source",
    "listing_verified",
    "verified",
)
DATES = ("decided", "effective", "end")
LARGEST_FILE = 20_000_000
"""Bytes; the shipped table has 0.12 million."""
_SHOWN = 10


def load_controls(path: Path) -> ControlTable:
    """The control table of a file, every row checked.

    Parameters
    ----------
    path : CSV in UTF-8 with the columns of the shipped `controls.csv`.

    Returns
    -------
    ControlTable
        Its rows, with the class entries of the shipped table: they are heard where no row names the substance.

    Raises
    ------
    ControlTableError
        When the file cannot be read or a row is wrong; `problems` names each with what to do.
    """
    try:
        content = path.read_bytes()
    except OSError as exc:
        raise _refused(path.name, (f"it cannot be read: {exc.strerror or exc}",)) from exc
    return controls_of_bytes(content, name=path.name)


def controls_of_bytes(content: bytes, *, name: str) -> ControlTable:
    """The control table of the bytes of a file called `name`; returns and raises as `load_controls` does.

    For a caller that has checked a signature over these very bytes.
    """
    if len(content) > LARGEST_FILE:
        raise _refused(name, (f"it has {len(content)} bytes, more than {LARGEST_FILE}: no such table",))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise _refused(name, (f"byte {exc.start} is no UTF-8: save it as CSV in UTF-8",)) from exc
    return ControlTable(rows=read_controls(text, name=name), classes=shipped_table().classes)


def read_controls(text: str, *, name: str) -> tuple[Control, ...]:
    """The rows of a control table given as text; raises as `load_controls` does, `name` being the file's."""
    reader = csv.DictReader(StringIO(text), restkey="", restval="", strict=True)
    try:
        rows = list(reader)
    except csv.Error as exc:
        raise _refused(name, (f"row {reader.line_num}: no CSV ({exc}): check the quotes",)) from exc
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise _refused(name, (f"its columns are not {','.join(COLUMNS)}: take the header of the shipped table",))
    if not rows:
        raise _refused(name, ("it has no rows: an empty table would call everything unlisted",))
    problems = (*_row_problems(rows), *_doubles(rows))
    if problems:
        raise _refused(name, problems)
    return tuple(control_of(row) for row in rows)


def _refused(name: str, problems: tuple[str, ...]) -> ControlTableError:
    more = f"; and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
    said = "; ".join(problems[:_SHOWN])
    return ControlTableError(f"control table {name} is not used: {said}{more}", problems=problems)


def _row_problems(rows: list[dict[str, str]]) -> Iterator[str]:
    for number, row in enumerate(rows, start=2):
        found = [*_wrong_names(row), *_wrong_dates(row), *_wrong_flags(row)]
        yield from (f"row {number} ({row['substance']}, {row['regime']}): {problem}" for problem in found)


def _wrong_names(row: Row) -> Iterator[str]:
    if "" in row:
        yield "it has more cells than the header: quote texts with commas"
    if not _is_id(row["substance"]):
        yield f"'{row['substance']}' is no id of the substance table: use the id that `schedule check` prints"
    if row["regime"] not in regimes():
        yield f"regime '{row['regime']}' is none of {', '.join(regimes())}"
    elif row["list"] not in known_lists(row["regime"]):
        yield f"list '{row['list']}' is none of {'; '.join(known_lists(row['regime']))}"
    if not row["source"].strip():
        yield "it has no source: name the page, or write 'not verified: no public page found'"


def _is_id(text: str) -> bool:
    try:
        return resolve(text) == text
    except UnknownSubstance:
        return False


def _wrong_dates(row: Row) -> Iterator[str]:
    stated = {name: row[name] for name in DATES}
    bad = [name for name, text in stated.items() if not _is_date(text)]
    yield from (f"{name} '{stated[name]}' is no date: write 2024-12-03, a year, or nothing" for name in bad)
    if bad:
        return
    days = [(name, day) for name in DATES if (day := counts_from(stated[name])) is not None]
    for (first, earlier), (second, later) in pairwise(days):
        if later < earlier:
            yield f"{second} {stated[second]} lies before {first} {stated[first]}: check both"


def _is_date(text: str) -> bool:
    """Stricter than the calendar's own reader, which takes weeks and dates without hyphens too."""
    if not re.fullmatch(r"(\d{4}(-\d\d-\d\d)?)?", text, re.ASCII):
        return False
    try:
        counts_from(text)
    except ValueError:
        return False
    return True


def _wrong_flags(row: Row) -> Iterator[str]:
    for name in FLAGS:
        if row[name] not in ("yes", "no"):
            yield f"{name} '{row[name]}' is neither yes nor no"
    if row["verified"] == "yes" and row["listing_verified"] == "no":
        yield "verified yes needs listing_verified yes: the date cannot be verified without the listing"
    if row["verified"] == "yes" and "no public page found" in row["source"]:
        yield "verified yes and a source that says that no page was found: set verified to no"


def _doubles(rows: list[dict[str, str]]) -> Iterator[str]:
    first: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        key = tuple(row[name] for name in ("substance", "regime", "list", "effective"))
        if first.setdefault(key, number) != number:
            yield f"row {number} ({key[0]}, {key[1]}): the same entry as row {first[key]}: keep one"
