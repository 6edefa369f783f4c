"""The numbers of a text file, with the line of anything that is none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..errors import FileFormatError
from ..spectrum import FloatArray

BLANKS = frozenset({"", "na", "n/a", "nan"})
"""Cells that stand for "no value here"."""


def split_cells(line: str, delimiter: str | None) -> list[str]:
    """The stripped cells of a line; `None` splits at any white space."""
    return [cell.strip() for cell in line.split(delimiter)]


def read_columns(
    path: Path, lines: Sequence[str], first: int, columns: Sequence[int], delimiter: str | None, *, offset: int = 0
) -> FloatArray:
    """Columns of numbers from line index `first` to the end of the block.

    Parameters
    ----------
    lines : all lines of the file, or those from index `offset` on. first : index of the first data line.
    columns : wanted columns, from 0.

    Returns
    -------
    (K, R) float64
        One row a wanted column; blank cells are NaN. The block ends at the first empty line.

    Raises
    ------
    FileFormatError
        A cell is missing or is no number; names the line.
    """
    end = _end(lines, first)
    if end == first:
        raise FileFormatError(f"{path}: line {offset + first}: no numbers follow (a cut file?): export it again")
    if any(line.strip() for line in lines[end:]):
        at = next(i for i in range(end, len(lines)) if lines[i].strip())
        raise FileFormatError(f"{path}: line {offset + at + 1}: data after an empty line: give one spectrum a file")
    try:
        block = np.loadtxt(lines[first:end], delimiter=delimiter, usecols=columns, ndmin=2, comments=None)
        return np.ascontiguousarray(block.T, dtype=np.float64)
    except ValueError:
        rows = [_row(path, offset + i, lines[i], columns, delimiter) for i in range(first, end)]
        return np.array(rows, dtype=np.float64).reshape(len(rows), len(columns)).T


def _end(lines: Sequence[str], first: int) -> int:
    block = lines[first:]
    if "" not in block and not any(map(str.isspace, block)):  # the common case, at the speed of C
        return len(lines)
    return next(i for i in range(first, len(lines)) if not lines[i].strip())


def _row(path: Path, index: int, line: str, columns: Sequence[int], delimiter: str | None) -> list[float]:
    cells = split_cells(line, delimiter)
    if len(cells) <= max(columns):
        raise FileFormatError(
            f"{path}: line {index + 1}: {len(cells)} cells where {max(columns) + 1} are needed"
            " (a truncated file?): export it again"
        )
    return [_number(path, index, cells[column]) for column in columns]


def _number(path: Path, index: int, cell: str) -> float:
    if cell.lower() in BLANKS:
        return math.nan
    try:
        return float(cell if "_" not in cell else "no number")  # Python alone reads 1_0 as ten
    except ValueError:
        raise FileFormatError(
            f"{path}: line {index + 1}: {cell[:40]!r} is no number: correct the cell or export the file again"
        ) from None


def ascending(path: Path, first: int, axis: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Axis and values in ascending order, without blank ends.

    A wholly descending axis is turned round; anything else that does not ascend is an error.

    Raises
    ------
    FileFormatError
        The axis is not monotonic, a value inside is blank or not finite, or nothing is left.
    """
    good = np.isfinite(axis) & np.isfinite(values)
    if not good.any():
        raise FileFormatError(f"{path}: line {first + 1}: no row has both an axis and a value: export it again")
    start, stop = int(np.argmax(good)), int(good.size - np.argmax(good[::-1]))
    if not good[start:stop].all():
        at = start + int(np.argmin(good[start:stop]))
        raise FileFormatError(
            f"{path}: line {first + at + 1}: no finite number between good ones: repair or remove the line"
        )
    axis, values = axis[start:stop], values[start:stop]
    if axis.size > 1 and axis[0] > axis[-1]:
        steps, flip = -np.diff(axis), True
    else:
        steps, flip = np.diff(axis), False
    if axis.size > 1 and not np.all(steps > 0):
        at = int(np.argmin(steps > 0)) + 1
        raise FileFormatError(
            f"{path}: line {first + start + at + 1}: the axis goes from {axis[at - 1]:g} to {axis[at]:g},"
            " against its direction: sort the rows and remove repeats"
        )
    return (axis[::-1], values[::-1]) if flip else (axis, values)
