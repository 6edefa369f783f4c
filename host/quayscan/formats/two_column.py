"""Plain two-column text: axis and intensity, with or without a heading.

Without a heading the axis is Raman shift in cm-1: that is how this format is defined here. A heading that says nm or um
needs the laser's wavelength, unless it says too that light was absorbed or reflected; one that says pixels alone (as
OpenRAMAN writes uncalibrated files) is for calibration only. What the heading of the first column says counts before
what any other line says; a unit that is none of these is an error. Decimal commas are read where semicolons or tabs
part the cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..errors import FileFormatError
from ..spectrum import FloatArray
from .dataset import Dataset
from .raman_axis import raman_quantity
from .table import ascending, read_columns, split_cells

_DELIMITERS = (",", ";", "\t", None)
_COMMA_DECIMALS = (";", "\t")
_HEADING_LINES = 50
_NM = re.compile(r"\bnm\b|nanomet|wavelength", re.IGNORECASE)
_RANGES = (("UV-VIS", 780.0), ("NIR", 3000.0), ("infrared", float("inf")))
"""Longest wavelength in nm: ISO 20473 has the near infrared from 780 to 3,000 nm."""

_UM = re.compile(r"\b[uµμ]m\b|micromet|\bmicrons?\b", re.IGNORECASE)
_FOREIGN = re.compile(r"\b(?:[kMGT]?Hz|m?eV|minutes?|seconds?|ppm|m/z)\b", re.IGNORECASE)
_PIXEL = re.compile(r"\bpixels?\b", re.IGNORECASE)
_ABSORBED = re.compile(r"[^,;\t]*(?:absorb|reflect|transmi|log\s*\(?\s*1\s*/\s*r|kubelka)[^,;\t]*", re.IGNORECASE)
_LASER = re.compile(r"raman|shift", re.IGNORECASE)
_INVERSE_CM = re.compile(r"cm\s*\^?-?1|1/cm|wavenumber|raman|shift", re.IGNORECASE)
_SHIFT = re.compile(r"shift", re.IGNORECASE)


def parse_two_column(path: Path, lines: Sequence[str]) -> list[Dataset]:
    """The spectrum of a two-column file.

    Raises
    ------
    FileFormatError
        No line with two numbers, or bad numbers; names the line.
    """
    first, delimiter = _first_row(path, lines)
    heading, own = " ".join(lines[:first]), _first_heading(lines[:first], delimiter)
    quantity, unit = _axis(own, heading)
    if (quantity, unit) == _UNSAID:
        _require_no_foreign_unit(path, first, own if own and delimiter else _last(lines[:first]))
    rows = [line.replace(",", ".") for line in lines] if delimiter in _COMMA_DECIMALS else lines
    table = read_columns(path, rows, first, (0, 1), delimiter)
    x, y = ascending(path, first, table[0], table[1])
    absorbed = _ABSORBED.search(heading)
    if absorbed and not _LASER.search(heading) and unit != "pixel":
        return [_absorption(path, x, y, unit, " ".join(absorbed.group().split()))]
    notes: tuple[str, ...] = ()
    if quantity == "Raman shift" and not _SHIFT.search(heading) and heading:
        quantity, notes = raman_quantity("Raman", "wavenumber", unit, float(x[-1]))
    return [
        Dataset(
            kind="spectrum", x=x, y=y, x_quantity=quantity, x_unit=unit, technique="Raman", title=path.stem, notes=notes
        )
    ]


def _first_heading(lines: Sequence[str], delimiter: str | None) -> str:
    """What stands over the first column; "" where nothing does."""
    cells = split_cells(_last(lines).lstrip("#%; "), delimiter)
    return cells[0] if len(cells) > 1 else ""


def _last(lines: Sequence[str]) -> str:
    return next((line for line in reversed(lines) if line.strip()), "")


def _absorption(path: Path, x: FloatArray, y: FloatArray, unit: str, y_unit: str) -> Dataset:
    """A spectrum of absorbed light; its range says of which."""
    longest_nm = 1e7 / max(float(x[0]), 1e-9) if unit == "cm-1" else float(x[-1]) * (1e3 if unit == "um" else 1.0)
    technique = next(name for name, end in _RANGES if longest_nm <= end)
    quantity = "wavenumber" if unit == "cm-1" else "wavelength"
    return Dataset(
        kind="spectrum", x=x, y=y, x_quantity=quantity, x_unit=unit, y_unit=y_unit, technique=technique, title=path.stem
    )


def _axis(own: str, heading: str) -> tuple[str, str]:
    for words in (own, heading):
        for pattern, axis in _AXES:
            if pattern.search(words):
                return axis
    return _UNSAID


def _require_no_foreign_unit(path: Path, first: int, column: str) -> None:
    """A line with digits names no column: it is a remark, such as an exposure in seconds."""
    foreign = _FOREIGN.search(column)
    if foreign and not any(map(str.isdigit, column)):
        raise FileFormatError(
            f"{path}: line {first}: the axis is in {foreign.group()}: export it as Raman shift in cm-1 or in nm"
        )


_UNSAID = ("Raman shift", "cm-1")
_AXES = (
    (_INVERSE_CM, ("Raman shift", "cm-1")),
    (_UM, ("wavelength", "um")),
    (_NM, ("wavelength", "nm")),
    (_PIXEL, ("pixel", "pixel")),
)


def _first_row(path: Path, lines: Sequence[str]) -> tuple[int, str | None]:
    for index, line in enumerate(lines[:_HEADING_LINES]):
        for delimiter in _DELIMITERS:
            cells = split_cells(line.replace(",", ".") if delimiter in _COMMA_DECIMALS else line, delimiter)
            if len(cells) >= 2 and _is_number(cells[0]) and _is_number(cells[1]):
                _require_two(path, index, cells)
                return index, delimiter
    raise FileFormatError(
        f"{path}: line {_first_text(lines) + 1}: no line with two numbers in the first {_HEADING_LINES}:"
        " expected an ENLIGHTEN CSV or two columns (Raman shift in cm-1, intensity)"
    )


def _require_two(path: Path, index: int, cells: Sequence[str]) -> None:
    numbers = sum(map(_is_number, cells))
    if numbers > 2:
        raise FileFormatError(
            f"{path}: line {index + 1}: {numbers} columns of numbers where axis and intensity are due: keep those two"
        )


def _first_text(lines: Sequence[str]) -> int:
    return next((i for i, line in enumerate(lines) if line.strip()), 0)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
