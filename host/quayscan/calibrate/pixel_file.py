"""Counts over pixels from a file, for a calibration: the axis that the file may have is only where to begin."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..errors import FileFormatError
from ..formats.text import decode_lines, read_bytes
from ..spectrum import FloatArray
from .fit import Start, start_from

_AXIS_KEYS = ("coefs_a{}", "ccd c{}")
_LASER_KEYS = ("laser_wavelength", "laser wavelength")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PixelFile:
    """(P,) counts, dark subtracted where the file has it, and where to begin; `start` is None when it does not say."""

    counts: FloatArray
    start: Start | None


def read_pixels(path: str | Path) -> PixelFile:
    """Read a table with a `Pixel` column: BWSpec text, ENLIGHTEN columns, or plain pixel and counts.

    Raises
    ------
    FileFormatError
        There is no such table, a pixel is missing, or a cell is no number; names the line.
    """
    path = Path(path)
    lines = decode_lines(path, read_bytes(path))
    at, separator = _column_line(path, lines)
    names = [cell.strip().lower() for cell in lines[at].split(separator)]
    raw, dark = _columns(path, at, names)
    rows = [line for line in lines[at + 1 :] if line.strip()]
    counts = _column(path, at, rows, separator, raw)
    if dark is not None:
        counts = counts - _column(path, at, rows, separator, dark)
    header = dict(_header(line) for line in lines[:at])
    return PixelFile(counts=counts, start=_start(header, counts.size))


def _column_line(path: Path, lines: Sequence[str]) -> tuple[int, str]:
    for at, line in enumerate(lines[:400]):
        for separator in (";", ","):
            if line.split(separator)[0].strip().lower() in ("pixel", "pixels #"):
                return at, separator
    raise FileFormatError(
        f"{path}: line 1: no table with a Pixel column: export pixel, raw and dark, before any resampling"
    )


def _columns(path: Path, at: int, names: Sequence[str]) -> tuple[int, int | None]:
    raw = next((i for i, name in enumerate(names) if name.startswith(("raw", "intensity", "counts"))), None)
    if raw is None:
        raise FileFormatError(f"{path}: line {at + 1}: no Raw, Intensity or Counts column: export the raw counts too")
    return raw, next((i for i, name in enumerate(names) if name == "dark"), None)


def _column(path: Path, at: int, rows: Sequence[str], separator: str, column: int) -> FloatArray:
    values = np.empty(len(rows))
    for index, row in enumerate(rows):
        cells = (row.replace(",", ".") if separator == ";" else row).split(separator)
        try:
            pixel, values[index] = float(cells[0]), float(cells[column])
        except (IndexError, ValueError):
            pixel = math.nan
        if pixel != index or not math.isfinite(values[index]):
            raise FileFormatError(
                f"{path}: line {at + index + 2}: pixel {index} with a finite number is expected: export all pixels"
            )
    return values


def _header(line: str) -> tuple[str, str]:
    separator = ";" if ";" in line else ","
    key, _, value = line.partition(separator)
    return key.strip().lower(), value.strip()


def _start(header: dict[str, str], pixels: int) -> Start | None:
    laser = next((_number(header[key]) for key in _LASER_KEYS if key in header), None)
    for pattern in _AXIS_KEYS:
        found = [_number(header[pattern.format(i)]) for i in range(5) if pattern.format(i) in header]
        coefficients = tuple(one for one in found if one is not None)
        if laser and len(coefficients) >= 2 and coefficients[1] > 0:
            return start_from(coefficients, pixels, laser)
    return None


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
