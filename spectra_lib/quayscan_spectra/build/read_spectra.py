"""Reads the measured spectra that the tables are fitted to: ENLIGHTEN CSV and BWSpec text."""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from quayscan_spectra.profile import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One measured spectrum: `shift_cm1` and `counts` are (N,) float64 on an ascending axis."""

    shift_cm1: Array
    counts: Array
    instrument: str
    laser_nm: float | None
    path: str


def _number(cell: str) -> float:
    """The cell as a float; an empty cell or NA is NaN."""
    text = cell.strip().replace(",", ".")
    return math.nan if text in ("", "NA") else float(text)


def _ascending(shift: Array, counts: Array) -> tuple[Array, Array]:
    good = np.isfinite(shift) & np.isfinite(counts)
    order = np.argsort(shift[good], kind="stable")
    shift, counts = shift[good][order], counts[good][order]
    first = np.concatenate(([True], np.diff(shift) > 0))
    return shift[first], counts[first]


def read_enlighten(path: Path, name: str) -> Measured:
    """Read an ENLIGHTEN CSV: raw minus dark where both columns are there, else the processed column.

    `name` is the path that goes into the table as the row's source.
    """
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    start = next(i for i, line in enumerate(lines) if "Wavenumber" in line and "Processed" in line)
    meta = dict(line.partition(",")[::2] for line in lines[:start] if "," in line)
    columns = lines[start].split(",")
    rows = [[_number(c) for c in line.split(",")] for line in lines[start + 1 :] if line.strip()]
    table = {c: np.array([row[i] for row in rows]) for i, c in enumerate(columns)}
    has_raw = "Raw" in table and "Dark" in table
    counts = table["Raw"] - table["Dark"] if has_raw else table["Processed"]
    shift, counts = _ascending(table["Wavenumber"], counts)
    model = " ".join(meta[k] for k in ("Model", "Detector") if meta.get(k))
    instrument = f"Wasatch Photonics {meta['Serial Number']}" + (f" ({model})" if model else "")
    laser = float(meta["Laser Wavelength"]) or None
    return Measured(shift_cm1=shift, counts=counts, instrument=instrument, laser_nm=laser, path=name)


def read_bwspec(path: Path, name: str) -> Measured:
    """Read a BWSpec text file (semicolons, decimal commas, blank axis cells at low pixels)."""
    lines = path.read_text(encoding="latin-1").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("Pixel;"))
    meta = dict(line.partition(";")[::2] for line in lines[:start] if ";" in line)
    columns = [c.strip() for c in lines[start].split(";")]
    at, dark = columns.index("Raman Shift"), columns.index("Dark Subtracted #1")
    rows = [line.split(";") for line in lines[start + 1 :] if line.count(";") >= dark]
    shift, counts = _ascending(np.array([_number(r[at]) for r in rows]), np.array([_number(r[dark]) for r in rows]))
    laser = _number(meta["laser_wavelength"]) if meta.get("laser_wavelength") else None
    instrument = f"B&W Tek {meta['title'].strip()} (iR Plus 785)"
    return Measured(shift_cm1=shift, counts=counts, instrument=instrument, laser_nm=laser, path=name)
