"""RRUFF text: `##NAME=value` lines, then "shift, intensity" pairs up to `##END=`.

Lafuente et al., "The power of databases: the RRUFF project", 2015. The Raman archive is in cm-1 of shift; the laser and
the technique stand only in its file names (`Quartz__R040031__Raman__532__0__unoriented__Raman_Data_RAW__1.txt`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..errors import FileFormatError
from .dataset import Dataset
from .table import ascending, read_columns

_NAMES_RAMAN = re.compile(r"__Raman__(\d{3,4})(?:nm)?__", re.IGNORECASE)
_NAMES_OTHER = re.compile(r"__(Infrared|Powder)_", re.IGNORECASE)


def is_rruff(lines: Sequence[str]) -> bool:
    """Whether the header names a RRUFF sample."""
    return lines[0].startswith("##NAMES=") or any(line.startswith("##RRUFFID=") for line in lines[:20])


def parse_rruff(path: Path, lines: Sequence[str]) -> list[Dataset]:
    """The spectrum of one RRUFF file.

    Raises
    ------
    FileFormatError
        The file is a diffraction or infrared one, has no ##END=, or bad numbers; names the line.
    """
    first = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith("##")), len(lines))
    end = next((at for at in range(first, len(lines)) if lines[at].startswith("##")), len(lines))
    header = dict(line[2:].partition("=")[::2] for line in lines[:first] if line.startswith("##"))
    other = _NAMES_OTHER.search(path.name)
    if other or any(key.startswith(("X-RAY", "CELL")) for key in header):
        raise FileFormatError(
            f"{path}: line 1: {other[1] if other else 'diffraction'} data of RRUFF: only its Raman is read"
        )
    if end == len(lines) or first == end or not lines[end].upper().startswith("##END"):
        raise FileFormatError(f"{path}: line {len(lines)}: no ##END= closes the data (a cut file?): fetch it again")
    table = read_columns(path, lines[:end], first, (0, 1), ",")
    x, y = ascending(path, first, table[0], table[1])
    laser = _NAMES_RAMAN.search(path.name)
    return [
        Dataset(
            kind="spectrum",
            x=x,
            y=y,
            x_quantity="Raman shift",
            x_unit="cm-1",
            technique="Raman",
            title=" ".join(part for part in (header.get("NAMES", ""), header.get("RRUFFID", "")) if part),
            laser_nm=float(laser[1]) if laser else None,
            notes=() if laser else ("the file name does not state the laser, as RRUFF's own do",),
        )
    ]
