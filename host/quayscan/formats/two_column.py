"""Plain two-column text: axis and intensity, with or without a heading.

Without a heading the axis is Raman shift in cm-1: that is how this format is defined here. A heading that says nm needs
the laser's wavelength, unless it says too that light was absorbed or reflected; one that says pixels alone (as
OpenRAMAN writes uncalibrated files) is for calibration only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..errors import FileFormatError
from ..spectrum import FloatArray
from .dataset import Dataset
from .table import ascending, read_columns, split_cells

_DELIMITERS = (",", ";", "\t", None)
_HEADING_LINES = 50
_NM = re.compile(r"\bnm\b|nanomet|wavelength", re.IGNORECASE)
_RANGES = (("UV-VIS", 780.0), ("NIR", 3000.0), ("infrared", float("inf")))
"""Longest wavelength in nm: ISO 20473 has the near infrared from 780 to 3,000 nm."""

_PIXEL = re.compile(r"\bpixels?\b", re.IGNORECASE)
_ABSORBED = re.compile(r"[^,;\t]*(?:absorb|reflect|transmi|log\s*\(?\s*1\s*/\s*r|kubelka)[^,;\t]*", re.IGNORECASE)
_LASER = re.compile(r"raman|shift", re.IGNORECASE)
_INVERSE_CM = re.compile(r"cm\s*\^?-?1|1/cm|wavenumber|raman|shift", re.IGNORECASE)


def parse_two_column(path: Path, lines: Sequence[str]) -> list[Dataset]:
    """The spectrum of a two-column file.

    Raises
    ------
    FileFormatError
        No line with two numbers, or bad numbers; names the line.
    """
    first, delimiter = _first_row(path, lines)
    heading = " ".join(lines[:first])
    table = read_columns(path, lines, first, (0, 1), delimiter)
    x, y = ascending(path, first, table[0], table[1])
    absorbed = _ABSORBED.search(heading)
    if absorbed and not _LASER.search(heading) and _axis(heading)[1] != "pixel":
        return [_absorption(path, x, y, _axis(heading)[1], " ".join(absorbed.group().split()))]
    quantity, unit = _axis(heading)
    return [Dataset(kind="spectrum", x=x, y=y, x_quantity=quantity, x_unit=unit, technique="Raman", title=path.stem)]


def _absorption(path: Path, x: FloatArray, y: FloatArray, unit: str, y_unit: str) -> Dataset:
    """A spectrum of absorbed light; its range says of which."""
    longest_nm = 1e7 / max(float(x[0]), 1e-9) if unit == "cm-1" else float(x[-1])
    technique = next(name for name, end in _RANGES if longest_nm <= end)
    quantity = "wavenumber" if unit == "cm-1" else "wavelength"
    return Dataset(
        kind="spectrum", x=x, y=y, x_quantity=quantity, x_unit=unit, y_unit=y_unit, technique=technique, title=path.stem
    )


def _axis(heading: str) -> tuple[str, str]:
    if _INVERSE_CM.search(heading):
        return "Raman shift", "cm-1"
    if _NM.search(heading):
        return "wavelength", "nm"
    if _PIXEL.search(heading):
        return "pixel", "pixel"
    return "Raman shift", "cm-1"


def _first_row(path: Path, lines: Sequence[str]) -> tuple[int, str | None]:
    for index, line in enumerate(lines[:_HEADING_LINES]):
        for delimiter in _DELIMITERS:
            cells = split_cells(line, delimiter)
            if len(cells) >= 2 and _is_number(cells[0]) and _is_number(cells[1]):
                return index, delimiter
    raise FileFormatError(
        f"{path}: line {_first_text(lines) + 1}: no line with two numbers in the first {_HEADING_LINES}:"
        " expected an ENLIGHTEN CSV or two columns (Raman shift in cm-1, intensity)"
    )


def _first_text(lines: Sequence[str]) -> int:
    return next((i for i, line in enumerate(lines) if line.strip()), 0)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
