"""A spectrum and its reference in a few lines of braille dots."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], dtype=np.int64)
"""Bits of a braille cell, 4 rows by 2 columns (Unicode 15, block Braille Patterns)."""

_BLANK = 0x2800


def braille_plot(values: FloatArray, *, width: int, height: int) -> list[str]:
    """`values` as a filled curve.

    Parameters
    ----------
    values : (N,) finite, N >= 1. width, height : in characters.

    Returns
    -------
    `height` strings of `width` braille characters, top first. The smallest value lies on the floor.
    """
    columns = _peaks(np.asarray(values, dtype=np.float64), 2 * width)
    span = float(columns.max() - columns.min())
    levels = np.round((columns - columns.min()) / span * (4 * height - 1)) if span > 0 else np.zeros_like(columns)
    rows = np.arange(4 * height)[::-1, None]
    lit = rows <= levels[None, :].astype(np.int64)
    cells = lit.reshape(height, 4, width, 2).transpose(0, 2, 1, 3)
    codes = _BLANK + (cells * _DOTS).sum(axis=(2, 3))
    return ["".join(chr(code) for code in line) for line in codes]


def _peaks(values: FloatArray, columns: int) -> FloatArray:
    """The largest value of each column, so that no narrow band is lost."""
    if values.size < columns:
        return np.asarray(np.interp(np.linspace(0, values.size - 1, columns), np.arange(values.size), values))
    edges = np.linspace(0, values.size, columns + 1).astype(np.intp)
    return np.asarray(np.maximum.reduceat(values, edges[:-1]))
