"""How far scans of one substance spread, where a library has too few operators to tell by itself.

`spread.csv`: variance of second derivatives (at length 1) around the centre of their class, of every scan by the
operators of the shipped near-infrared references, over what the table of references was fitted to.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

import numpy as np

from ...preprocess.grid import FloatArray

SPREAD_FLOOR = 0.1
"""Share of the mean variance that every point has at least: ten operators do not know a variance better."""

FILE = "spread.csv"


@cache
def shipped_spread() -> FloatArray:
    """(173,) float64, read-only: variance at each point of the window, the floor included."""
    text = files(__package__ or __name__).joinpath(FILE).read_text(encoding="utf-8")
    variance = np.array([float(row["variance"]) for row in csv.DictReader(text.splitlines())])
    spread: FloatArray = variance + SPREAD_FLOOR * variance.mean()
    spread.setflags(write=False)
    return spread
