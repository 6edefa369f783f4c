"""A Galactic SPC file into data sets, of every sub-type: Y, XY, XYY, XYXYXY, in all three versions.

Galactic Industries, "Universal Data Format Specification", 1997, with its header file SPC.H.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...errors import FileFormatError
from ...spectrum import FloatArray
from ..dataset import KINDS, Dataset, Kind
from ..raman_axis import raman_quantity
from .codes import FLOATS, HALF_WORDS, OWN_LABELS, RAMAN_SHIFT, TECHNIQUES, X_AXES, Y_UNITS
from .header import NEW_BYTES, OLD, OLD_BYTES, Header, read_header
from .log import read_log

_SUBHEADER = "BbHfffiifi"
_SUB_BYTES = 32
_DIRECTORY = "iif"
_LARGEST = 20000.0
"""No laser wavelength in nm or fraction in a log is larger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    index: int
    z: float
    x: FloatArray
    y: FloatArray


def parse_spc(path: Path, data: bytes) -> list[Dataset]:
    """Every subfile of an SPC file, in order.

    Raises
    ------
    FileFormatError
        The file ends within its data, or its counts, offsets or exponents are impossible.
    """
    header = read_header(path, data)
    try:
        parts = list(_Reader(path, data, header).parts())
    except struct.error as exc:
        raise FileFormatError(f"{path}: the file ends within its data ({exc}): export it again") from exc
    if not parts:
        raise FileFormatError(f"{path}: the header is followed by no data: export it again")
    return _datasets(header, parts, read_log(data, header))


class _Reader:
    def __init__(self, path: Path, data: bytes, header: Header) -> None:
        self._path, self._data, self._header = path, data, header
        self._at = OLD_BYTES if header.version == OLD else NEW_BYTES
        self._left = len(data)
        """Every point takes two bytes at least: more points than that are no honest count."""

    def parts(self) -> Iterator[_Part]:
        header = self._header
        if header.x_each:
            yield from self._each_with_x()
            return
        self._count(header.points, "the header")
        shared = self._floats(header.points) if header.has_x else _even(header)
        for index in range(self._subfiles()):
            exponent, z, _ = self._subheader()
            y = self._values(header.points, exponent)
            yield _Part(index=index, z=self._z(z, index), x=shared, y=y)

    def _subfiles(self) -> int:
        header = self._header
        if header.version != OLD:
            if not 1 <= max(header.subfiles, 1) <= len(self._data) // _SUB_BYTES:
                raise self._impossible(f"{header.subfiles} subfiles")
            return max(header.subfiles, 1)
        each = _SUB_BYTES + header.points * self._width
        return (len(self._data) - OLD_BYTES) // each if header.is_multifile else 1

    def _each_with_x(self) -> Iterator[_Part]:
        """XYXYXY: by the directory where there is one, else one after the other."""
        header = self._header
        count = max(header.subfiles, 1)
        if count > len(self._data) // _SUB_BYTES:
            raise self._impossible(f"{count} subfiles")
        for index in range(count):
            if header.points > 0:
                size = struct.calcsize(header.order + _DIRECTORY)
                self._at = int(self._unpack(_DIRECTORY, header.points + index * size)[0])
            exponent, z, points = self._subheader()
            self._count(points, f"subfile {index + 1}")
            x = self._floats(points)
            yield _Part(index=index, z=self._z(z, index), x=x, y=self._values(points, exponent))

    def _z(self, stored: float, index: int) -> float:
        z = stored if stored or index == 0 else index * self._header.z_step
        return z if math.isfinite(z) else 0.0

    def _count(self, points: int, where: str) -> None:
        self._left -= 2 * max(points, 0)
        if points < 1 or self._left < 0:
            raise self._impossible(f"{points} points in {where}")

    def _impossible(self, what: str) -> FileFormatError:
        return FileFormatError(f"{self._path}: {what} of a file of {len(self._data):,} bytes: export it again")

    def _subheader(self) -> tuple[int, float, int]:
        """Exponent, z and number of points of the subfile that starts here."""
        fields = self._unpack(_SUBHEADER, self._at)
        self._at += _SUB_BYTES
        return int(fields[1]), fields[3], int(fields[6])

    def _unpack(self, form: str, at: int) -> tuple[float, ...]:
        if at < 0:
            raise self._impossible(f"an offset of {at}")
        return struct.unpack_from(self._header.order + form, self._data, at)

    def _take(self, form: str, count: int) -> np.ndarray[tuple[int], np.dtype[np.generic]]:
        kind = np.dtype(self._header.order + form)
        end = self._at + count * kind.itemsize
        if end > len(self._data):
            raise FileFormatError(
                f"{self._path}: ends after {len(self._data):,} bytes, its data after {end:,} (a cut file?):"
                " export it again"
            )
        values = np.frombuffer(self._data, dtype=kind, count=count, offset=self._at)
        self._at = end
        return values

    def _floats(self, count: int) -> FloatArray:
        return _frozen(self._take("f4", count).astype(np.float64))

    @property
    def _width(self) -> int:
        return 2 if self._header.flags & HALF_WORDS else 4

    def _values(self, count: int, own_exponent: int) -> FloatArray:
        header = self._header
        exponent = own_exponent if header.is_multifile else header.exponent
        if exponent == FLOATS:
            return self._floats(count)
        if self._width == 2:
            return _frozen(np.ldexp(self._take("i2", count).astype(np.float64), exponent - 16))
        if header.version != OLD:
            return _frozen(np.ldexp(self._take("i4", count).astype(np.float64), exponent - 32))
        halves = self._take("u2", 2 * count).astype(np.uint32).reshape(count, 2)  # the halves of a word are swapped
        words = (halves[:, 0] << np.uint32(16) | halves[:, 1]).view(np.int32)
        return _frozen(np.ldexp(words.astype(np.float64), exponent - 32))


def _even(header: Header) -> FloatArray:
    return _frozen(np.linspace(header.first, header.last, header.points))


def _frozen(array: FloatArray) -> FloatArray:
    array.setflags(write=False)
    return array


def _datasets(header: Header, parts: list[_Part], log: dict[str, str]) -> list[Dataset]:
    quantity, unit = X_AXES.get(header.x_code, (f"code {header.x_code}", ""))
    quantity, unit = log.get("x_quantity", quantity), log.get("x_unit", unit)
    technique = _technique(header, log)
    quantity, notes = (
        (quantity, ()) if log else raman_quantity(technique, quantity, unit, max(part.x.max() for part in parts))
    )
    return [
        Dataset(
            kind=_kind(log, header, quantity),
            x=part.x,
            y=part.y,
            x_quantity=quantity,
            x_unit=unit,
            y_unit=_y_unit(header, log),
            technique=technique,
            name=log.get(f"name {part.index + 1}", "") if log else _name(header, part, len(parts)),
            title=log.get("title") or ("" if log else header.comment),
            instrument=log.get("instrument", ""),
            laser_nm=_number(log, "laser_nm"),
            saturated_fraction=_number(log, "saturated_fraction") or 0.0,
            notes=(*(value for key, value in log.items() if key.startswith("note ")), *notes),
        )
        for part in parts
    ]


def _technique(header: Header, log: dict[str, str]) -> str:
    by_axis = "Raman" if header.x_code == RAMAN_SHIFT and not log else ""
    return log.get("technique") or TECHNIQUES.get(header.experiment, by_axis)


def _y_unit(header: Header, log: dict[str, str]) -> str:
    if log:
        return log.get("y_unit", "")
    stated = Y_UNITS.get(header.y_code, f"code {header.y_code}")
    return header.labels[1].lower() or stated if header.flags & OWN_LABELS else stated


def _kind(log: dict[str, str], header: Header, quantity: str) -> Kind:
    named = next((kind for kind in KINDS if kind == log.get("kind")), None)
    if named:
        return named
    if header.y_code == 1:
        return "interferogram"
    return "time series" if quantity == "time" else "spectrum"


def _name(header: Header, part: _Part, count: int) -> str:
    if count == 1:
        return ""
    quantity, unit = X_AXES.get(header.z_code, ("", ""))
    place = f" at {quantity or 'z'} {part.z:g} {unit}".rstrip() if part.z or part.index == 0 else ""
    return f"subfile {part.index + 1} of {count}{place}"


def _number(log: dict[str, str], key: str) -> float | None:
    try:
        value = float(log.get(key, ""))
    except ValueError:
        return None
    return value if 0 <= value < _LARGEST else None
