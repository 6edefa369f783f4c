"""Renishaw WiRE (.wdf): blocks WDF1, DATA and XLST; every spectrum of a map, series or single scan.

The layout is public through the MIT-licensed py-wdf-reader (renishawWiRE 0.1.16), which the tests hold this against.
That reader takes lengths from the file unchecked and prints its remarks, so damaged files need one of their own.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from ..errors import FileFormatError
from .dataset import Dataset
from .raman_axis import raman_quantity

_BLOCK = "<4sIQ"
_BLOCK_BYTES = 16
_HEADER_BYTES = 512
_X_UNITS = {
    1: ("Raman shift", "cm-1"),
    2: ("wavenumber", "cm-1"),
    3: ("wavelength", "nm"),
    4: ("energy", "eV"),
    5: ("wavelength", "um"),
    16: ("pixel", "pixel"),
}
_COUNTS = 6


def parse_wdf(path: Path, data: bytes) -> list[Dataset]:
    """The spectra of a WiRE file, in order of collection.

    Raises
    ------
    FileFormatError
        A block is missing or ends beyond the file, or the counts do not fit the data.
    """
    points, collected = _promised(path, data)
    blocks = _blocks(path, data)
    _, unit = _words(path, data, blocks, b"XLST", "<II", 0)
    x = _floats(path, data, blocks, b"XLST", points, skip=8)
    y = _floats(path, data, blocks, b"DATA", points * collected).reshape(collected, points)
    named, unit_text = _X_UNITS.get(int(unit), (f"code {unit}", ""))
    quantity, notes = raman_quantity("Raman", named, unit_text, float(x.max()))
    (y_units,) = struct.unpack_from("<I", data, 152)
    return [
        Dataset(
            kind="spectrum",
            x=x,
            y=values,
            x_quantity=quantity,
            x_unit=unit_text,
            y_unit="counts" if y_units == _COUNTS else "",
            technique="Raman",
            name=f"spectrum {at} of {collected}" if collected > 1 else "",
            title=_text(data[240:400]),
            instrument=_text(data[96:120]),
            laser_nm=_laser(data),
            notes=notes,
        )
        for at, values in enumerate(y, 1)
    ]


def _promised(path: Path, data: bytes) -> tuple[int, int]:
    """Points a spectrum and spectra collected, as the header says."""
    if len(data) < _HEADER_BYTES:
        raise FileFormatError(f"{path}: {len(data)} bytes hold no WDF header (a cut file?): export it again")
    (points,) = struct.unpack_from("<I", data, 60)
    capacity, collected = struct.unpack_from("<QQ", data, 64)
    if not 1 <= collected <= capacity or points < 1 or points * collected * 4 > len(data):
        raise FileFormatError(
            f"{path}: the header promises {collected} of {capacity} spectra of {points} points,"
            f" the file has {len(data):,} bytes: export it again"
        )
    return points, collected


def _blocks(path: Path, data: bytes) -> dict[bytes, tuple[int, int]]:
    """Name -> start and end of the first block of that name, its header left out."""
    found: dict[bytes, tuple[int, int]] = {}
    at = 0
    while at + _BLOCK_BYTES <= len(data):
        name, _, size = struct.unpack_from(_BLOCK, data, at)
        if size < _BLOCK_BYTES or at + size > len(data):
            raise FileFormatError(
                f"{path}: block {name.decode('latin-1')!r} at byte {at} claims {size:,} bytes"
                " (a cut file?): export it again"
            )
        found.setdefault(name, (at + _BLOCK_BYTES, at + size))
        at += size
    return found


def _place(path: Path, blocks: dict[bytes, tuple[int, int]], name: bytes) -> tuple[int, int]:
    if name not in blocks:
        raise FileFormatError(f"{path}: no {name.decode()} block: the file holds no spectrum, export it again")
    return blocks[name]


def _words(
    path: Path, data: bytes, blocks: dict[bytes, tuple[int, int]], name: bytes, form: str, skip: int
) -> tuple[int, ...]:
    start, end = _place(path, blocks, name)
    if start + skip + struct.calcsize(form) > end:
        raise FileFormatError(f"{path}: the {name.decode()} block is too short: export the file again")
    return struct.unpack_from(form, data, start + skip)


def _floats(
    path: Path, data: bytes, blocks: dict[bytes, tuple[int, int]], name: bytes, count: int, *, skip: int = 0
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    start, end = _place(path, blocks, name)
    if start + skip + 4 * count > end:
        raise FileFormatError(
            f"{path}: the {name.decode()} block holds {max(end - start - skip, 0) // 4} numbers where {count} are due:"
            " export the file again"
        )
    values = np.frombuffer(data, dtype="<f4", count=count, offset=start + skip).astype(np.float64)
    values.setflags(write=False)
    return values


def _laser(data: bytes) -> float | None:
    (wavenumber,) = struct.unpack_from("<f", data, 156)
    return 1e7 / wavenumber if 500 < wavenumber < 100000 else None


def _text(raw: bytes) -> str:
    return " ".join(raw.partition(b"\0")[0].decode("utf-8", "replace").split())
