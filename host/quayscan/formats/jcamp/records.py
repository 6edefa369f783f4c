"""JCAMP-DX text into labelled records, and records into blocks.

McDonald and Wilks, Appl. Spectrosc. 42 (1988) 151 (version 4.24); Lampen et al., Appl. Spectrosc. 47 (1993) 1093 and
Pure Appl. Chem. 71 (1999) 1549 (versions 5.00 and 5.01). In a label, case, spaces, dashes, slashes and underscores
do not count. `$$` starts a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...errors import FileFormatError

_IGNORED = re.compile(r"[\s\-/_]+")
_MAX_DEPTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One `##LABEL= value`: the value on the label's own line, and the lines below it without comments."""

    label: str
    value: str
    below: tuple[str, ...]
    line: int
    """Line of the label, from 1; `below[i]` stands on line `line + 1 + i`."""

    @property
    def text(self) -> str:
        """The whole value as one line."""
        return " ".join(" ".join((self.value, *self.below)).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The records from a TITLE to its END, without those of blocks within."""

    records: tuple[Record, ...]

    def find(self, *labels: str) -> Record | None:
        """The first record with one of the labels."""
        return next((one for one in self.records if one.label in labels), None)

    def text(self, *labels: str) -> str:
        """The value of the first record with one of the labels; "" when there is none."""
        found = self.find(*labels)
        return found.text if found else ""


def split_records(path: Path, lines: Sequence[str]) -> Iterator[Record]:
    """The records of a file, in order.

    Raises
    ------
    FileFormatError
        Text stands before the first label, or a label has no "=".
    """
    starts = [index for index, line in enumerate(lines) if line.lstrip().startswith("##")]
    if not starts or any(line.strip() for line in lines[: starts[0]]):
        raise FileFormatError(f"{path}: line 1: no ##TITLE= opens the file: it is no JCAMP-DX file")
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        label, equals, value = lines[start].lstrip()[2:].partition("=")
        if not equals:
            raise FileFormatError(f"{path}: line {start + 1}: a label without '=': correct it or export the file again")
        yield Record(
            label=_IGNORED.sub("", label).upper(),
            value=_without_comment(value),
            below=tuple(_without_comment(line) for line in lines[start + 1 : stop]),
            line=start + 1,
        )


def split_blocks(path: Path, records: Iterator[Record]) -> list[Block]:
    """The blocks of a file in the order of their titles, a LINK before the blocks it holds.

    Raises
    ------
    FileFormatError
        A block has no END (a cut file), or blocks are nested too deeply.
    """
    blocks: list[list[Record]] = []
    still_open: list[list[Record]] = []
    for record in records:
        if record.label == "TITLE":
            still_open.append([])
            blocks.append(still_open[-1])
        if not still_open or len(still_open) > _MAX_DEPTH:
            raise FileFormatError(
                f"{path}: line {record.line}: a record outside any block, or blocks nested too deeply"
            )
        still_open[-1].append(record)
        if record.label == "END":
            still_open.pop()
    if still_open:
        at = still_open[-1][0].line
        raise FileFormatError(
            f"{path}: line {at}: the block that opens here has no ##END= (a cut file?): export it again"
        )
    return [Block(records=tuple(block)) for block in blocks]


def _without_comment(text: str) -> str:
    return text.partition("$$")[0].strip()
