"""The JSON record of a Wasatch handheld: raw and dark counts with the wavelength calibration's coefficients."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import FileFormatError
from ..spectrum import FloatArray
from .dataset import Dataset
from .table import ascending

_FULL_SCALE = 65535.0
_COEFFICIENTS = range(2, 9)


def parse_oem_json(path: Path, data: bytes) -> list[Dataset]:
    """Raw minus dark over wavelength, within the region of interest that the record names.

    Raises
    ------
    FileFormatError
        The text is no JSON object, or lacks raw, wavecalCoeffs or a number where one is due.
    """
    record = _load(path, data)
    raw, x, y = _counts(path, record)
    laser = record.get("excitationNM")
    return [
        Dataset(
            kind="spectrum",
            x=x,
            y=y,
            x_quantity="wavelength",
            x_unit="nm",
            y_unit="counts",
            technique=str(record.get("technique") or ""),
            title=str(record.get("tag") or path.stem),
            instrument=str(record.get("serialNumber") or ""),
            laser_nm=float(laser) if isinstance(laser, int | float) and 100 < laser < 20000 else None,
            saturated_fraction=float(np.mean(raw >= _FULL_SCALE)),
            notes=() if record.get("dark") else ("the record has no dark: the raw counts were used",),
        )
    ]


def _counts(path: Path, record: dict[str, Any]) -> tuple[FloatArray, FloatArray, FloatArray]:
    """All raw counts; wavelength and raw minus dark within the region of interest."""
    raw = _numbers(path, record, "raw")
    dark = _numbers(path, record, "dark") if record.get("dark") else np.zeros_like(raw)
    coefficients = _numbers(path, record, "wavecalCoeffs")
    if raw.size != dark.size or coefficients.size not in _COEFFICIENTS:
        raise FileFormatError(
            f"{path}: raw has {raw.size} points, dark {dark.size}, wavecalCoeffs {coefficients.size}: export it again"
        )
    wavelength = np.asarray(np.polyval(coefficients[::-1], np.arange(raw.size)), dtype=np.float64)
    start, stop = _region(record, raw.size)
    if not np.isfinite(wavelength).all():
        raise FileFormatError(f"{path}: wavecalCoeffs {coefficients.tolist()} give no finite axis: export it again")
    x, y = ascending(path, 0, wavelength[start:stop], (raw - dark)[start:stop])
    return raw, x, y


def _load(path: Path, data: bytes) -> dict[str, Any]:
    try:
        record = json.loads(data)
    except (ValueError, RecursionError) as exc:
        line = getattr(exc, "lineno", 1)
        raise FileFormatError(f"{path}: line {line}: no JSON ({exc}): export the file again") from exc
    if not isinstance(record, dict) or "wavecalCoeffs" not in record:
        raise FileFormatError(
            f"{path}: line 1: JSON without 'wavecalCoeffs' is no spectrometer's record: name another file"
        )
    return record


def _numbers(path: Path, record: dict[str, Any], key: str) -> FloatArray:
    values = record.get(key)
    if not isinstance(values, list) or not values or not all(type(one) in (int, float) for one in values):
        raise FileFormatError(f"{path}: {key!r} is no list of numbers: export the file again")
    try:
        return np.array(values, dtype=np.float64)
    except OverflowError as exc:
        raise FileFormatError(f"{path}: {key!r} holds a number that is too large: export the file again") from exc


def _region(record: dict[str, Any], size: int) -> tuple[int, int]:
    start, end = record.get("roiStart"), record.get("roiEnd")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end < size:
        return start, end + 1
    return 0, size
