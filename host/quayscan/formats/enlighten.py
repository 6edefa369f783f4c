"""ENLIGHTEN / Wasatch CSV: `key,value` lines, then named columns.

Columns as written by ENLIGHTEN 1.6 to 4.1: any of Pixel, Wavelength, Wavenumber, Processed, Raw, Dark, Reference.
The processed column is baseline-subtracted and partly intensity-corrected by the writer, so raw minus dark is taken
where both are there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..errors import FileFormatError
from ..spectrum import FloatArray, Spectrum
from .table import ascending, read_columns, split_cells

_HEADER_LINES = 200
_FULL_SCALE = 65535.0
"""The 16-bit converters of these instruments end here."""


def is_enlighten(lines: Sequence[str]) -> bool:
    """Whether the file opens as ENLIGHTEN writes it, or has its column line."""
    return lines[0].startswith("ENLIGHTEN Version") or _column_line(lines) is not None


def _column_line(lines: Sequence[str]) -> int | None:
    for index, line in enumerate(lines[:_HEADER_LINES]):
        if "wave" not in line.lower():
            continue
        names = {cell.lower() for cell in split_cells(line, ",")}
        if names & {"wavenumber", "wavelength"} and names & {"processed", "raw"}:
            return index
    return None


def parse_enlighten(path: Path, lines: Sequence[str], laser_nm: float | None = None) -> Spectrum:
    """The spectrum of one ENLIGHTEN file; `laser_nm` is for one that does not state its laser.

    Raises
    ------
    FileFormatError
        No column line, no Raman axis, no usable intensity column, or bad numbers; names the line.
    """
    at = _column_line(lines)
    if at is None:
        raise FileFormatError(
            f"{path}: line {len(lines)}: ends before its columns (Wavenumber, Processed or Raw): export it again"
        )
    header = _header(lines[:at])
    names = [cell.lower() for cell in split_cells(lines[at], ",")]
    laser_nm = _positive(header.get("laser wavelength", "")) or laser_nm
    axis_name = "wavenumber" if "wavenumber" in names else "wavelength"
    if axis_name == "wavelength" and laser_nm is None:
        raise FileFormatError(
            f"{path}: line {at + 1}: the axis is in nm and the file does not state its laser: give it with --laser-nm"
        )
    raw_and_dark = {"raw", "dark"} <= set(names)
    wanted = [
        axis_name,
        *(("raw", "dark") if raw_and_dark else (("processed" if "processed" in names else "raw"),)),
    ]
    table = read_columns(path, lines, at + 1, [names.index(name) for name in wanted], ",")
    axis = table[0] if axis_name == "wavenumber" or laser_nm is None else 1e7 / laser_nm - 1e7 / table[0]
    axis, values = ascending(path, at + 1, axis, table[1] - table[2] if raw_and_dark else table[1])
    return Spectrum(
        axis=axis,
        intensity=values,
        laser_nm=laser_nm,
        instrument=header.get("serial number", ""),
        saturated_fraction=_saturated(table[1]) if raw_and_dark else 0.0,
        title=path.stem,
        notes=() if raw_and_dark else (f"the file's {wanted[1]} column was used: it has no raw and dark pair",),
    )


def _header(lines: Sequence[str]) -> dict[str, str]:
    pairs = (line.partition(",") for line in lines)
    return {key.strip().lower(): value.strip() for key, _, value in pairs}


def _positive(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and value > 0 else None


def _saturated(raw: FloatArray) -> float:
    return float(np.mean(raw >= _FULL_SCALE))
