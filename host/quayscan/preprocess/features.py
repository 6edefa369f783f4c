"""`Features`: a spectrum ready to be compared, with figures about its quality."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..errors import SpectrumError
from ..spectrum import Spectrum
from .despike import despike
from .envelope import envelope
from .grid import WINDOW, BoolArray, FloatArray
from .noise import pixel_variance
from .resample import kernel_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What the data itself says about how far it can be trusted.

    Attributes
    ----------
    signal_to_noise : highest band of the window in standard deviations of the grid's noise.
    level_to_noise : median background level of the window in standard deviations of the grid's noise.
    saturated_fraction : share of the pixels at the converter's end, as the source says.
    coverage : share of the matching window that the axis covers, 0 to 1.
    spikes : cosmic rays that were removed.
    notes, defect, ambient_share : as the spectrum says.
    """

    signal_to_noise: float
    level_to_noise: float
    saturated_fraction: float
    coverage: float
    spikes: int
    notes: tuple[str, ...] = ()
    defect: str = ""
    ambient_share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Features:
    """A spectrum on the common grid.

    Attributes
    ----------
    values : (951,) float64, read-only. Resampled intensity, 0 where masked.
    variance : (951,) float64, read-only. Noise variance of `values`, 0 where masked.
    mask : (951,) bool, read-only. True where the axis covers the grid.
    level : (951,) float64, read-only. Background envelope. bands : (951,) float64, read-only. Part above it.
    quality : figures about the data.
    laser_nm, title : as the spectrum says.
    """

    values: FloatArray
    variance: FloatArray
    mask: BoolArray
    level: FloatArray
    bands: FloatArray
    quality: Quality
    laser_nm: float | None
    title: str

    def __post_init__(self) -> None:
        for name in ("values", "variance", "mask", "level", "bands"):
            getattr(self, name).setflags(write=False)


def prepare(spectrum: Spectrum) -> Features:
    """Despike, estimate the noise, and resample to the common grid and resolution.

    Raises
    ------
    SpectrumError
        When the axis is a wavelength: the Raman shift needs the laser's wavelength first.
    """
    require_shift(spectrum)
    intensity, spikes = despike(spectrum.axis, spectrum.intensity)
    noise = spectrum.variance if spectrum.variance is not None else pixel_variance(intensity)
    kernel = kernel_for(spectrum.axis)
    values = kernel.apply(intensity)
    variance = kernel.apply_variance(noise)
    level = envelope(values, kernel.mask)
    bands = np.where(kernel.mask, np.maximum(values - level, 0.0), 0.0)
    return Features(
        values=values,
        variance=variance,
        mask=kernel.mask,
        level=level,
        bands=bands,
        quality=_quality(spectrum, variance, level, bands, kernel.mask, spikes),
        laser_nm=spectrum.laser_nm,
        title=spectrum.title,
    )


def require_shift(spectrum: Spectrum) -> None:
    """Return when the axis is a Raman shift.

    Raises
    ------
    SpectrumError
        When it is a wavelength.
    """
    if spectrum.axis_unit != "shift_cm1":
        raise SpectrumError(
            f"the axis of '{spectrum.title}' is in nm: turn it into Raman shift with the laser's wavelength"
        )


def _quality(
    spectrum: Spectrum,
    variance: FloatArray,
    level: FloatArray,
    bands: FloatArray,
    mask: BoolArray,
    spikes: int,
) -> Quality:
    seen = mask[WINDOW]
    noise = np.sqrt(variance[WINDOW][seen])
    typical = max(float(np.median(noise)), 1e-12) if noise.size else 1.0
    return Quality(
        signal_to_noise=float(np.max(bands[WINDOW][seen], initial=0.0)) / typical,
        level_to_noise=float(np.median(level[WINDOW])) / typical,
        saturated_fraction=spectrum.saturated_fraction,
        coverage=float(seen.mean()),
        spikes=spikes,
        notes=spectrum.notes,
        ambient_share=spectrum.ambient_share,
    )
