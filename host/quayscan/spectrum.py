"""`Spectrum`: one calibrated axis, intensity and, where known, variance."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .errors import SpectrumError

FloatArray = NDArray[np.float64]
AxisUnit = Literal["shift_cm1", "wavelength_nm"]

LARGEST = 1e60
"""Larger numbers are no measurement, and their squares and variances would leave the range of float64."""

MIN_POINTS = 16
"""Fewer points than this cannot hold a band and its background."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spectrum:
    """A spectrum on one strictly ascending, finite axis.

    Attributes
    ----------
    axis : (N,) float64, read-only. Raman shift in cm-1 or wavelength in nm, as `axis_unit` says.
    intensity : (N,) float64, read-only, finite. Counts (mean of the averages, dark subtracted) or arbitrary units.
    variance : (N,) float64 or None. Variance of `intensity`, same units squared; None when the source gives none.
    axis_unit : "shift_cm1" or "wavelength_nm".
    laser_nm : excitation wavelength in nm; None when the source does not state it or there is no laser.
    instrument : serial number or name as the source states it; "" when it does not.
    saturated_fraction : share of the points that reached the converter's end; 0.0 when not known.
    ambient_share : share of the converter's range that ambient light fills without the laser; 0.0 when none is known.
    title : the source's own title or the file stem.
    notes : remarks of the reader that a verdict should repeat.
    defect : why nothing can be decided from these numbers whatever they look like: "lamp" or "reference" (near
        infrared: no light, no white reference); "" when there is no such reason.

    Raises
    ------
    SpectrumError
        When the shapes differ, a value is not finite, the axis does not ascend, or there are under 16 points.
    """

    axis: FloatArray
    intensity: FloatArray
    variance: FloatArray | None = None
    axis_unit: AxisUnit = "shift_cm1"
    laser_nm: float | None = None
    instrument: str = ""
    saturated_fraction: float = 0.0
    ambient_share: float = 0.0
    title: str = ""
    notes: tuple[str, ...] = field(default=())
    defect: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "axis", _read_only(self.axis, "axis"))
        object.__setattr__(self, "intensity", _read_only(self.intensity, "intensity"))
        if self.intensity.shape != self.axis.shape:
            raise SpectrumError(
                f"axis has {self.axis.size} points and intensity {self.intensity.size}: give both the same length"
            )
        if self.axis.size < MIN_POINTS:
            raise SpectrumError(f"{self.axis.size} points are no spectrum: at least {MIN_POINTS} are needed")
        steps = np.diff(self.axis)
        if not np.all(steps > 0):
            at = int(np.argmin(steps > 0))
            raise SpectrumError(
                f"the axis does not ascend at point {at + 2} ({self.axis[at]:g} then {self.axis[at + 1]:g}):"
                " sort the points by axis and remove repeats"
            )
        if self.variance is not None:
            self._check_variance()

    def _check_variance(self) -> None:
        variance = _read_only(self.variance, "variance")
        if variance.shape != self.axis.shape or np.any(variance < 0):
            raise SpectrumError("variance must have the axis' length and be nowhere negative")
        object.__setattr__(self, "variance", variance)

    def with_intensity(self, intensity: FloatArray) -> Spectrum:
        """The same spectrum with other intensities (same axis); the variance is kept."""
        return replace(self, intensity=intensity)


def _read_only(values: object, name: str) -> FloatArray:
    array = np.array(values, dtype=np.float64)
    if array.ndim != 1:
        raise SpectrumError(f"{name} has {array.ndim} dimensions: a spectrum is one-dimensional")
    if not np.all(np.isfinite(array)):
        at = int(np.argmin(np.isfinite(array)))
        raise SpectrumError(f"{name} holds {array[at]} at point {at + 1}: remove or repair the point")
    if array.size and float(np.max(np.abs(array))) > LARGEST:
        at = int(np.argmax(np.abs(array)))
        raise SpectrumError(
            f"{name} holds {array[at]:g} at point {at + 1}: no measurement reaches {LARGEST:g}; scale it"
        )
    array.setflags(write=False)
    return array
