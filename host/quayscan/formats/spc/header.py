"""The header of an SPC file in its three versions: new (4Bh), new big-endian (4Ch) and old (4Dh)."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from pathlib import Path

from ...errors import FileFormatError
from .codes import MULTIFILE, X_EACH, X_VALUES

NEW_LSB, NEW_MSB, OLD = 0x4B, 0x4C, 0x4D
_NEW = "BBBbiddiBBBBi9s9sH8f130s30siiBBHf48sfifB187s"
_OLD = "<BBhfffBBHBBBB8sHH7f130s30s"
NEW_BYTES, OLD_BYTES = 512, 224
"""The first subheader of the old version lies inside its 256-byte header: here it counts as the subfile's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the header says; `order` is the struct mark of the byte order, `labels` the texts of X, Y and Z."""

    version: int
    order: str
    flags: int
    exponent: int
    points: int
    first: float
    last: float
    subfiles: int
    x_code: int
    y_code: int
    z_code: int
    experiment: int = 0
    z_step: float = 0.0
    comment: str = ""
    labels: tuple[str, ...] = ("", "", "")
    log_at: int = 0

    @property
    def is_multifile(self) -> bool:
        """Whether each subfile has its own exponent."""
        return bool(self.flags & MULTIFILE)

    @property
    def has_x(self) -> bool:
        """Whether the X values are stored once, for all subfiles."""
        return bool(self.flags & X_VALUES) and not self.flags & X_EACH

    @property
    def x_each(self) -> bool:
        """Whether each subfile stores its own X values."""
        return bool(self.flags & X_EACH) and bool(self.flags & X_VALUES)


def is_spc(data: bytes) -> bool:
    """Whether the bytes can be an SPC file: its version byte, and a header's length."""
    return len(data) > OLD_BYTES and data[1] in (NEW_LSB, NEW_MSB, OLD) and b"\0" in data[:OLD_BYTES]


def read_header(path: Path, data: bytes) -> Header:
    """The header.

    Raises
    ------
    FileFormatError
        The file is shorter than its header, of another version, or its numbers are impossible.
    """
    version = data[1] if len(data) > 1 else -1
    if version not in (NEW_LSB, NEW_MSB, OLD):
        raise FileFormatError(f"{path}: byte 1 is {version:#x}, no version of SPC (4Bh, 4Ch or 4Dh): export it again")
    if len(data) < (OLD_BYTES if version == OLD else NEW_BYTES):
        raise FileFormatError(f"{path}: {len(data)} bytes hold no SPC header (a cut file?): export it again")
    header = _old(data) if version == OLD else _new(data)
    if not (math.isfinite(header.first) and math.isfinite(header.last)):
        raise FileFormatError(f"{path}: the header's axis runs from {header.first} to {header.last}: export it again")
    return header


def _new(data: bytes) -> Header:
    order = "<" if data[1] == NEW_LSB else ">"
    fields = struct.unpack_from(order + _NEW, data)
    flags, version, experiment, exponent, points, first, last, subfiles, x_code, y_code, z_code = fields[:11]
    comment, labels, log_at = fields[24], fields[25], fields[26]
    return Header(
        version=version,
        order=order,
        flags=flags,
        exponent=exponent,
        points=points,
        first=first,
        last=last,
        subfiles=subfiles,
        x_code=x_code,
        y_code=y_code,
        z_code=z_code,
        experiment=experiment,
        z_step=_finite(fields[33]),
        comment=_text(comment),
        labels=_labels(labels),
        log_at=log_at,
    )


def _old(data: bytes) -> Header:
    fields = struct.unpack_from(_OLD, data)
    flags, version, exponent, points, first, last, x_code, y_code, year = fields[:9]
    return Header(
        version=version,
        order="<",
        flags=flags & ~(X_VALUES | X_EACH),
        exponent=exponent,
        points=int(points) if math.isfinite(points) and 0 <= points < 2**31 else -1,
        first=first,
        last=last,
        subfiles=0,
        x_code=x_code,
        y_code=y_code,
        z_code=year >> 12,
        comment=_text(fields[23]),
        labels=_labels(fields[24]),
    )


def _text(raw: bytes) -> str:
    return " ".join(raw.partition(b"\0")[0].decode("cp1252", "replace").split())


def _labels(raw: bytes) -> tuple[str, ...]:
    parts = [_text(part + b"\0") for part in raw.split(b"\0")]
    return (*parts, "", "", "")[:3]


def _finite(value: float) -> float:
    return value if math.isfinite(value) else 0.0
