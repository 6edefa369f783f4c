"""B&W Tek BWSpec text: `key;value` lines, then named columns, decimal commas or points.

Axis cells at low pixels may be blank. Raw minus dark is taken where both are there, as everywhere in this project.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..errors import FileFormatError
from ..spectrum import FloatArray
from .dataset import Dataset
from .table import ascending, read_columns

_HEADER_LINES = 200
_FULL_SCALE = 65535.0


def is_bwtek(lines: Sequence[str]) -> bool:
    """Whether the file opens as BWSpec writes it."""
    return lines[0].lower().startswith("file version;bwspec") or _column_line(lines) is not None


def _column_line(lines: Sequence[str]) -> int | None:
    for at, line in enumerate(lines[:_HEADER_LINES]):
        if line.startswith("Pixel;") and "Wavelength" in line:
            return at
    return None


def parse_bwtek(path: Path, lines: Sequence[str]) -> list[Dataset]:
    """The spectrum of one BWSpec file, on its Raman shift where the file has it, else on its wavelength.

    Raises
    ------
    FileFormatError
        No column line, no axis or intensity column, or bad numbers; names the line.
    """
    at = _column_line(lines)
    if at is None:
        raise FileFormatError(
            f"{path}: line {len(lines)}: ends before its columns (Pixel;Wavelength;...): export it again"
        )
    header = {key.strip().lower(): value.strip() for key, _, value in (line.partition(";") for line in lines[:at])}
    names = [cell.strip().lower() for cell in lines[at].split(";")]
    axis = next((name for name in ("raman shift", "wavelength") if name in names), None)
    values = _values(names)
    if axis is None or not values:
        raise FileFormatError(f"{path}: line {at + 1}: no Raman Shift or Wavelength with Raw data: export them too")
    pointed = [line.replace(",", ".") for line in lines[at + 1 :]]
    table = read_columns(path, ["", *pointed], 1, [names.index(name) for name in (axis, *values)], ";", offset=at)
    x, y = ascending(path, at + 1, table[0], table[1] - table[2] if len(values) == 2 else table[1])
    return [
        Dataset(
            kind="spectrum",
            x=x,
            y=y,
            x_quantity="Raman shift" if axis == "raman shift" else "wavelength",
            x_unit="cm-1" if axis == "raman shift" else "nm",
            y_unit="counts",
            technique="Raman",
            title=path.stem,
            instrument=header.get("model", ""),
            laser_nm=_positive(header.get("laser_wavelength", "")),
            saturated_fraction=_saturated(table[1]) if values[0].startswith("raw") else 0.0,
        )
    ]


def _values(names: Sequence[str]) -> list[str]:
    raw = next((name for name in names if name.startswith("raw data")), None)
    subtracted = next((name for name in names if name.startswith("dark subtracted")), None)
    if raw and "dark" in names:
        return [raw, "dark"]
    return [name for name in (subtracted or raw,) if name]


def _positive(text: str) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) and value > 0 else None


def _saturated(raw: FloatArray) -> float:
    return float(np.mean(raw >= _FULL_SCALE))
