"""A lamp as an instrument of some resolution sees it: lines that run together become one peak between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quayscan_spectra.calibration_lines import LampLines

from ..spectrum import FloatArray
from .peaks import FWHM_PER_SIGMA, find_lines

POINTS_PER_FWHM = 8
REACH_SIGMA = 5.0

DOUBT = 0.3
"""Share of a blend's displacement that is doubted: lamps differ from the table in their lines' intensities."""

LINE_SIGMA_NM = 0.001
"""Air wavelengths of lamp lines are known to this and better."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LampImage:
    """Peaks of a lamp at one resolution, ascending, each (L,).

    Attributes
    ----------
    wavelength_nm : where the peak's fitted centre lies. sigma_nm : its standard uncertainty.
    height : relative.
    """

    wavelength_nm: FloatArray
    sigma_nm: FloatArray
    height: FloatArray


def lamp_image(lines: LampLines, fwhm_nm: float) -> LampImage:
    """Draw the lines with a Gaussian of this width and fit the peaks as those of a measured spectrum are."""
    step, sigma = fwhm_nm / POINTS_PER_FWHM, fwhm_nm / FWHM_PER_SIGMA
    first = float(lines.wavelength_nm[0]) - 2 * REACH_SIGMA * sigma
    count = int((float(lines.wavelength_nm[-1]) + 2 * REACH_SIGMA * sigma - first) / step) + 1
    drawn = np.zeros(count)
    for line_nm, intensity in zip(lines.wavelength_nm, lines.intensity, strict=True):
        low, high = (int((line_nm + side * REACH_SIGMA * sigma - first) / step) for side in (-1, 1))
        at = first + step * np.arange(low, high + 1)
        drawn[low : high + 1] += intensity * np.exp(-0.5 * ((at - line_nm) / sigma) ** 2)
    peaks = find_lines(drawn)
    wavelength = first + step * peaks.pixel
    displaced = np.min(np.abs(wavelength[:, None] - lines.wavelength_nm[None, :]), axis=1)
    return LampImage(wavelength_nm=wavelength, sigma_nm=np.hypot(DOUBT * displaced, LINE_SIGMA_NM), height=peaks.height)
