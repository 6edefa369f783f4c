"""A table of one pair a line in which a block of foreign bytes lies over some lines.

Disk and transfer faults leave such files (the Lancashire test set has one). Each sound line carries its own X, so what
it says can be checked against the axis; the result is named damaged and never serves as a spectrum.
"""

from __future__ import annotations

import re

import numpy as np

from .records import Record
from .tables import Scale, Table

_PAIR = re.compile(r"([+-]?\d+\.?\d*)[\s,]+([+-]?\d*\.?\d+(?:[eE][+-]\d+)?)$")
_LONGEST = 80
_SMALLEST = 256
"""Bytes of the smallest block of a disk; less is a damaged line and an error."""


def sound_lines(record: Record, scale: Scale, fault: str) -> Table | None:
    """The lines outside one run of foreign ones; None when that does not explain the fault."""
    lines = [text for text in record.below if text]
    pairs = [_PAIR.match(text) if len(text) < _LONGEST else None for text in lines]
    foreign = [at for at, pair in enumerate(pairs) if pair is None]
    if not 0 < len(foreign) < len(lines) or foreign != list(range(foreign[0], foreign[-1] + 1)):
        return None
    if sum(len(lines[at]) + 1 for at in foreign) < _SMALLEST or scale.first is None or scale.last is None:
        return None
    table = np.array([[float(pair[1]), float(pair[2])] for pair in pairs if pair is not None])
    if not _on_axis(table[:, 0] * scale.x_factor, scale, foreign[0]):
        return None
    return Table(x=table[:, 0] * scale.x_factor, y=table[:, 1] * scale.y_factor, damage=fault)


def _on_axis(x: np.ndarray[tuple[int], np.dtype[np.float64]], scale: Scale, gap: int) -> bool:
    """Whether the X before and after the gap are the start and the end of the promised axis."""
    points, first, last = scale.points or 0, scale.first or 0.0, scale.last or 0.0
    if not gap < x.size < points:
        return False
    index = (x - first) / (last - first) * (points - 1)
    expected = np.concatenate([np.arange(gap), np.arange(points - x.size + gap, points)])
    return bool(np.all(np.abs(index - expected) < 0.5))
