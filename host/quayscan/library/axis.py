"""`Axis`: the grid that a library's spectra lie on. There are two, one a technique."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from ..errors import LibraryError
from ..preprocess import grid as raman
from ..preprocess.grid import FloatArray
from ..preprocess.nir import grid as nir
from ..spectrum import AxisUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A uniform axis: `points` values from `start` in steps of `step`, in the unit of a spectrum's axis."""

    technique: str
    unit: AxisUnit
    start: float
    step: float
    points: int
    fields: Mapping[str, float]

    def values(self) -> FloatArray:
        """(points,) float64."""
        return self.start + self.step * np.arange(self.points, dtype=np.float64)


def _axis(technique: str, unit: AxisUnit, suffix: str, start: float, step: float, points: int) -> Axis:
    fields = {f"start_{suffix}": start, f"step_{suffix}": step, "points": points}
    return Axis(technique=technique, unit=unit, start=start, step=step, points=points, fields=MappingProxyType(fields))


RAMAN = _axis("Raman", "shift_cm1", "cm1", raman.START_CM1, raman.STEP_CM1, raman.POINTS)
NIR = _axis("NIR", "wavelength_nm", "nm", nir.START_NM, nir.STEP_NM, nir.POINTS)


def axis_of(fields: Mapping[str, float]) -> Axis:
    """The axis that a library file's header states.

    Raises
    ------
    LibraryError
        When it is none of those that this version compares on.
    """
    for known in (RAMAN, NIR):
        if dict(known.fields) == dict(fields):
            return known
    raise LibraryError(f"it has the grid {dict(fields)} and not {dict(RAMAN.fields)} or {dict(NIR.fields)}")
