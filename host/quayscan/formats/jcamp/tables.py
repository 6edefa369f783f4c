"""Data tables of JCAMP-DX: `(X++(Y..Y))` with its X checks and point count, and `(XY..XY)` pairs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...errors import FileFormatError
from ...spectrum import FloatArray
from .numbers import MAX_POINTS, Ordinates, numbers_of
from .records import Block, Record

_SPACED = re.compile(r"\(\s*\w+\s*\+\+\s*\(\s*\w+\s*\.\.\s*\w+\s*\)\s*\)")
_PAIRS = re.compile(r"\(\s*(\w)(\w)\s*\.\.\s*\1\2\s*\)")
_NUMBER = re.compile(r"\s*([+-]?\s*\d*\.?\s?\d*(?:[eE][+-]?\d+)?)")
"""Some writers put a space into a number ("0. 4491087E+01")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What the labels of a block, or the columns of an NTUPLES head, say of a table."""

    points: int | None
    first: float | None
    last: float | None
    x_factor: float = 1.0
    y_factor: float = 1.0
    first_y: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The scaled numbers of a table, and remarks on labels that do not fit them."""

    x: FloatArray
    y: FloatArray
    notes: tuple[str, ...] = ()
    damage: str = ""
    """The failed check of a table of which only the sound lines are here; "" for a sound one."""


def scale_of(path: Path, block: Block, x: str = "X", y: str = "Y") -> Scale:
    """The scale that the labels FIRSTX, LASTX, NPOINTS, XFACTOR, YFACTOR of a block give."""
    points = number_of(path, block.find("NPOINTS"))
    return Scale(
        points=None if points is None else int(min(points, 2.0**31)),
        first=number_of(path, block.find(f"FIRST{x}")),
        last=number_of(path, block.find(f"LAST{x}")),
        x_factor=_factor(number_of(path, block.find(f"{x}FACTOR"))),
        y_factor=_factor(number_of(path, block.find(f"{y}FACTOR"))),
        first_y=number_of(path, block.find(f"FIRST{y}")),
    )


def number_of(path: Path, record: Record | None) -> float | None:
    """The number a record holds; None for an absent or empty one.

    Raises
    ------
    FileFormatError
        The value is no number; names the line.
    """
    if record is None or not record.value:
        return None
    found = _NUMBER.match(record.value)
    try:
        return float(found[1].replace(" ", "")) if found else float("nan")
    except ValueError:
        raise FileFormatError(
            f"{path}: line {record.line}: ##{record.label}= {record.value[:30]!r} is no number: correct it"
        ) from None


def read_table(path: Path, record: Record, scale: Scale) -> Table:
    """The numbers of the table below a record such as `##XYDATA= (X++(Y..Y))`.

    Raises
    ------
    FileFormatError
        A number cannot be read, an X or Y check or the point count fails, or the form is unknown; names the line.
    """
    if _SPACED.search(record.value):
        return _spaced(path, record, scale)
    if _PAIRS.search(record.value):
        return _pairs(path, record, scale)
    raise FileFormatError(
        f"{path}: line {record.line}: a table of form {record.value[:40]!r} is not read here:"
        " (X++(Y..Y)) and (XY..XY) are"
    )


def _spaced(path: Path, record: Record, scale: Scale) -> Table:
    points, first, last = scale.points, scale.first, scale.last
    if points is None or first is None or last is None or not 1 <= points <= MAX_POINTS:
        raise FileFormatError(
            f"{path}: line {record.line}: the table needs FIRSTX, LASTX and NPOINTS from 1 to {MAX_POINTS:,}"
            f" (here {first}, {last}, {points})"
        )
    step = (last - first) / (points - 1) if points > 1 else 0.0
    ordinates = Ordinates(path)
    lines = [(number, text) for number, text in enumerate(record.below, record.line + 1) if text]
    for number, text in lines:
        if number == lines[-1][0] and len(ordinates.values) == points and text.endswith("@"):
            break  # X and a zero after the last point is the end mark of some writers, not a Y check
        checked = ordinates.check_due
        x, x_text, index = ordinates.add_line(text, number)
        _check_x(
            path, number, x * scale.x_factor, first + index * step, step, _resolution(x_text) * scale.x_factor, checked
        )
        if len(ordinates.values) > points:
            break
    if len(ordinates.values) != points:
        raise _miscount(path, record, len(ordinates.values), points)
    y = np.frombuffer(ordinates.values, dtype=np.float64) * scale.y_factor
    return Table(x=np.linspace(first, last, points), y=y, notes=_notes(y, scale))


def _check_x(path: Path, line: int, x: float, expected: float, step: float, resolution: float, checked: bool) -> None:
    """An X may be off by half a step and its rounding, never by a whole step that it could show.

    Beside a Y check some writers print the X of the next point.
    """
    step_size, rounding = abs(step), abs(resolution)
    slack = min(0.5 * (step_size + rounding), 0.99 * max(step_size, rounding))
    off = x - expected
    if abs(off) <= slack or (checked and abs(off - step) <= slack):
        return
    raise FileFormatError(
        f"{path}: line {line}: the X check fails: {x:.8g} where {expected:.8g} is due:"
        " a line or point is missing or damaged, export the file again"
    )


def _pairs(path: Path, record: Record, scale: Scale) -> Table:
    numbers = numbers_of(path, record.below, record.line + 1)
    for line, values in numbers:
        if len(values) % 2:
            raise FileFormatError(f"{path}: line {line}: {len(values)} numbers make no pairs: export the file again")
    flat = np.array([value for _, values in numbers for value in values], dtype=np.float64)
    if scale.points is not None and flat.size != 2 * scale.points:
        raise _miscount(path, record, flat.size // 2, scale.points)
    x, y = flat[0::2] * scale.x_factor, flat[1::2] * scale.y_factor
    return Table(x=x, y=y, notes=_notes(y, scale))


def _miscount(path: Path, record: Record, found: int, promised: int) -> FileFormatError:
    last = record.line + max((at for at, text in enumerate(record.below, 1) if text), default=0)
    return FileFormatError(
        f"{path}: line {last}: {'at least ' * (found > promised)}{found} points where NPOINTS says {promised}:"
        " a line is missing or damaged, export the file again"
    )


def _notes(y: FloatArray, scale: Scale) -> tuple[str, ...]:
    """FIRSTY is no check of every point, and many writers round it: a contradiction is repeated, not refused."""
    if scale.first_y is None or y.size == 0 or abs(scale.first_y - y[0]) <= 0.02 * max(abs(y[0]), abs(scale.first_y)):
        return ()
    return (f"the file's FIRSTY ({scale.first_y:g}) is not its first value ({y[0]:g})",)


def _resolution(text: str) -> float:
    mantissa, _, exponent = text.lower().partition("e")
    return float(f"1e{int(exponent or 0) - len(mantissa.partition('.')[2])}")


def _factor(value: float | None) -> float:
    return 1.0 if value is None or value == 0 else value
