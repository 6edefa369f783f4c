"""How well the shipped bands draw the spectra that they were fitted to."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from quayscan_spectra.profile import Array
from quayscan_spectra.references import references, synthesise

from .background import spline_basis
from .catalogue import LIBRARY_FILES
from .sources import LIBRARY

WINDOW_CM1 = (400.0, 1800.0)
KNOT_CM1 = 1400.0 / 11
"""14 cubic B-splines over the window: what a broad background looks like."""


def cosine_without_background(axis_cm1: Array, one: Array, other: Array) -> float:
    """Cosine of two curves (N,) after both lost what 14 cubic B-splines over the axis can follow."""
    basis = np.linalg.qr(spline_basis(axis_cm1, KNOT_CM1))[0]
    a, b = (curve - basis @ (basis.T @ curve) for curve in (one, other))
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


def fit_quality(data: Path) -> Mapping[str, float]:
    """Substance id -> cosine of the shipped bands with the measured spectrum over 400-1800 cm-1."""
    found: dict[str, float] = {}
    drawn = {reference.substance: reference for reference in references()}
    for stem, substance in LIBRARY_FILES.items():
        spectrum = LIBRARY.read(data, f"{stem}.csv")
        inside = (spectrum.shift_cm1 >= WINDOW_CM1[0]) & (spectrum.shift_cm1 <= WINDOW_CM1[1])
        axis = spectrum.shift_cm1[inside]
        curve = synthesise(drawn[substance], axis)
        found[substance] = cosine_without_background(axis, spectrum.counts[inside], curve)
    return found
