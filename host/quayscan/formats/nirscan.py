"""DLP NIRscan CSV: `key:,value` lines, then wavelength, absorbance, reference and sample signal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..errors import FileFormatError
from ..spectrum import FloatArray
from .dataset import Dataset
from .table import ascending, read_columns, split_cells

_HEADER_LINES = 60
_COUNTS = (("reference signal (unitless)", "reference signal"), ("sample signal (unitless)", "sample signal"))


def is_nirscan(lines: Sequence[str]) -> bool:
    """Whether the file has the scanner's column line."""
    return _column_line(lines) is not None


def _column_line(lines: Sequence[str]) -> int | None:
    for at, line in enumerate(lines[:_HEADER_LINES]):
        if line.startswith("Wavelength (nm),") and "absorbance (au)" in split_cells(line.lower(), ","):
            return at
    return None


def parse_nirscan(path: Path, lines: Sequence[str]) -> list[Dataset]:
    """The absorbance as a spectrum, then the reference and sample signals as counts.

    Raises
    ------
    FileFormatError
        The point count of the header is not met, or numbers are bad; names the line.
    """
    at = _column_line(lines) or 0
    header = {cells[0].rstrip(":").lower(): cells[1] for line in lines[:at] if len(cells := split_cells(line, ",")) > 1}
    names = [cell.lower() for cell in split_cells(lines[at], ",")]
    columns = [(names.index("absorbance (au)"), "")]
    columns += [(names.index(name), said) for name, said in _COUNTS if name in names]
    table = read_columns(path, lines, at + 1, [0, *(column for column, _ in columns)], ",")
    promised = header.get("number of measurement points", "")
    if promised.isdigit() and int(promised) != table.shape[1]:
        raise FileFormatError(
            f"{path}: line {at + 1 + table.shape[1]}: {table.shape[1]} points where the header says {promised}:"
            " lines are missing, export the file again"
        )
    made = []
    for row, (_, said) in enumerate(columns, 1):
        x, y = ascending(path, at + 1, table[0], table[row])
        made.append(_dataset(x, y, said, title=path.stem, instrument=header.get("serial number", "")))
    return made


def _dataset(x: FloatArray, y: FloatArray, said: str, *, title: str, instrument: str) -> Dataset:
    return Dataset(
        kind="counts" if said else "spectrum",
        x=x,
        y=y,
        x_quantity="wavelength",
        x_unit="nm",
        y_unit="counts" if said else "absorbance",
        technique="NIR",
        name=said or "absorbance",
        title=title,
        instrument=instrument,
    )
