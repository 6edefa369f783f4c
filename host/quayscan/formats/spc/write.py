"""Data sets as one SPC file of the new little-endian format, with stored X and 32-bit floats.

SPC keeps numbers as float32 (the ends of the axis as float64): a value that float32 holds comes back bit for bit, any
other as the nearest float32. What the header has no field for stands in the log block.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np

from ...errors import UsageError
from ..dataset import Dataset
from .codes import FLOATS, MULTIFILE, OWN_LABELS, TECHNIQUES, X_AXES, X_EACH, X_VALUES, Y_UNITS
from .header import NEW_BYTES, NEW_LSB
from .log import LOG_FORM, LOG_MARK

_HEADER = "<BBBbiddiBBBBi9s9sH32s130s30siiBBHf48sfifB187s"
_SUBHEADER = "<BbHfffiifi"


def spc_bytes(datasets: Sequence[Dataset]) -> bytes:
    """The bytes of a file that holds the data sets as subfiles.

    Raises
    ------
    UsageError
        They do not share units, title and technique: an SPC file states them once.
    """
    first = datasets[0]
    if any(_shared(one) != _shared(first) for one in datasets):
        raise UsageError("data sets of different units, kinds or titles do not fit one SPC file: write one file each")
    same_x = all(one.x is first.x or np.array_equal(one.x, first.x) for one in datasets)
    parts = [_floats(first.x)] if same_x else []
    for index, one in enumerate(datasets):
        parts += [_subheader(index, one, same_x=same_x), b"" if same_x else _floats(one.x), _floats(one.y)]
    body = b"".join(parts)
    log_at = NEW_BYTES + len(body)
    return _header(datasets, log_at, same_x=same_x) + body + _log(datasets)


def fits_one_file(datasets: Sequence[Dataset]) -> bool:
    """Whether `spc_bytes` can hold them together."""
    return all(_shared(one) == _shared(datasets[0]) for one in datasets)


def _shared(one: Dataset) -> tuple[object, ...]:
    axis = (one.x_quantity, one.x_unit, one.y_unit)
    source = (one.kind, one.technique, one.title, one.instrument, one.laser_nm, one.saturated_fraction, one.notes)
    return (*axis, *source)


def _header(datasets: Sequence[Dataset], log_at: int, *, same_x: bool) -> bytes:
    first = datasets[0]
    flags = X_VALUES | OWN_LABELS | (MULTIFILE if len(datasets) > 1 else 0) | (0 if same_x else X_EACH | MULTIFILE)
    labels = "\0".join((_axis_label(first), first.y_unit, "")).encode("cp1252", "replace")[:30]
    return struct.pack(
        _HEADER,
        *(flags, NEW_LSB, _code(TECHNIQUES, first.technique), FLOATS),
        *(first.x.size if same_x else 0, first.x[0], first.x[-1], len(datasets)),
        *(_code(X_AXES, (first.x_quantity, first.x_unit)), _code(Y_UNITS, first.y_unit), 0, 0),
        *(0, b"", b"quayscan", 0, b"", first.title.encode("cp1252", "replace")[:129], labels),
        *(log_at, 0, 0, 0, 0, 0.0, b"", 0.0, 0, 0.0, 0, b""),
    )


def _subheader(index: int, one: Dataset, *, same_x: bool) -> bytes:
    points = 0 if same_x else one.x.size
    return struct.pack(_SUBHEADER, 0, FLOATS, index & 0xFFFF, float(index), float(index), 0.0, points, 0, 0.0, 0)


def _log(datasets: Sequence[Dataset]) -> bytes:
    first = datasets[0]
    stated = {
        "KIND": first.kind,
        "TITLE": first.title,
        "TECHNIQUE": first.technique,
        "INSTRUMENT": first.instrument,
        "LASER_NM": "" if first.laser_nm is None else repr(float(first.laser_nm)),
        "X_QUANTITY": first.x_quantity,
        "X_UNIT": first.x_unit,
        "Y_UNIT": first.y_unit,
        "SATURATED_FRACTION": repr(float(first.saturated_fraction)) if first.saturated_fraction else "",
        **{f"NOTE {at}": note for at, note in enumerate(first.notes, 1)},
        **{f"NAME {at}": one.name for at, one in enumerate(datasets, 1)},
    }
    lines = [LOG_MARK, *(f"{key}={' '.join(value.split())}" for key, value in stated.items() if value), ""]
    text = "\r\n".join(lines).encode() + b"\0"
    offset = struct.calcsize("<" + LOG_FORM)
    return struct.pack("<" + LOG_FORM, offset + len(text), offset + len(text), offset, 0, 0, b"") + text


def _axis_label(one: Dataset) -> str:
    return f"{one.x_quantity} ({one.x_unit})" if one.x_unit else one.x_quantity


def _floats(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> bytes:
    return values.astype("<f4").tobytes()


def _code(table: dict[int, object] | dict[int, str] | dict[int, tuple[str, str]], value: object) -> int:
    return next((code for code, meaning in table.items() if meaning == value), 0)
