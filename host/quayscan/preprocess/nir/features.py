"""`NirFeatures`: an absorbance spectrum ready to be compared, with figures about its quality."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...errors import SpectrumError
from ...spectrum import Spectrum
from ..features import Quality
from ..grid import BoolArray, FloatArray
from ..noise import pixel_variance
from .derivative import curve_kernel_for
from .grid import WINDOW
from .resample import nir_kernel_for

SMALLEST = 1e-30


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NirFeatures:
    """A spectrum on the common grid. All arrays are read-only.

    Attributes
    ----------
    absorbance : (201,) float64, 0 where masked. mask : (201,) bool, True where the axis covers the grid.
    curve : (173,) float64. Second derivative in the window, scaled to length 1, which takes out path length and
        particle size as far as they multiply; 0 where masked.
    noise : (173,) float64. Variance of `curve`, in its unit. seen : (173,) bool, where there is a curve.
    quality : figures about the data; `signal_to_noise` is that of the curve, `level_to_noise` the mean absorbance.
    title : as the spectrum says.
    """

    absorbance: FloatArray
    mask: BoolArray
    curve: FloatArray
    noise: FloatArray
    seen: BoolArray
    quality: Quality
    title: str

    def __post_init__(self) -> None:
        for name in ("absorbance", "mask", "curve", "noise", "seen"):
            getattr(self, name).setflags(write=False)


def prepare_nir(spectrum: Spectrum) -> NirFeatures:
    """Bring absorbance to the common grid, take its second derivative and scale it; the noise goes with it.

    Raises
    ------
    SpectrumError
        When the axis is a Raman shift.
    """
    require_wavelength(spectrum)
    kernel, bent = nir_kernel_for(spectrum.axis), curve_kernel_for(spectrum.axis)
    noise = spectrum.variance if spectrum.variance is not None else pixel_variance(spectrum.intensity)
    curve, variance = bent.operator @ spectrum.intensity, bent.squared @ noise
    length = max(float(np.linalg.norm(curve)), SMALLEST)
    absorbance = kernel.operator @ spectrum.intensity
    return NirFeatures(
        absorbance=absorbance,
        mask=kernel.mask,
        curve=curve / length,
        noise=variance / length**2,
        seen=bent.seen,
        quality=_quality(spectrum, absorbance, curve, variance, bent.seen),
        title=spectrum.title,
    )


def require_wavelength(spectrum: Spectrum) -> None:
    """Return when the axis is a wavelength.

    Raises
    ------
    SpectrumError
        When it is a Raman shift.
    """
    if spectrum.axis_unit != "wavelength_nm":
        raise SpectrumError(f"the axis of '{spectrum.title}' is a Raman shift: near infrared is absorbance over nm")


def _quality(
    spectrum: Spectrum, absorbance: FloatArray, curve: FloatArray, variance: FloatArray, seen: BoolArray
) -> Quality:
    noise = float(np.sqrt(np.sum(variance)))
    level = absorbance[WINDOW][seen]
    return Quality(
        signal_to_noise=float(np.linalg.norm(curve)) / max(noise, SMALLEST),
        level_to_noise=float(np.mean(level)) if level.size else 0.0,
        saturated_fraction=spectrum.saturated_fraction,
        coverage=float(seen.mean()),
        spikes=0,
        notes=spectrum.notes,
        defect=spectrum.defect,
    )
