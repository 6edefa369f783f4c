"""The slit image: what a line becomes on the detector before anything else happens to it."""

from __future__ import annotations

import numpy as np

from ..board import FloatArray

FWHM_PER_SIGMA = 2.0 * np.sqrt(2.0 * np.log(2.0))
PIXEL_VARIANCE = 1.0 / 12.0
"""A pixel integrates over its own width: a box of one pixel adds this variance (pixels squared)."""


def sigma_px(slit_fwhm_px: float) -> float:
    """Standard deviation of slit and pixel together, in pixels."""
    return float(np.sqrt((slit_fwhm_px / FWHM_PER_SIGMA) ** 2 + PIXEL_VARIANCE))


def blur(rate: FloatArray, slit_fwhm_px: float) -> FloatArray:
    """`rate` (P,) seen through slit and pixel; a line's light is kept, the ends are continued flat."""
    sigma = sigma_px(slit_fwhm_px)
    reach = int(np.ceil(5.0 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    padded = np.pad(rate, reach, mode="edge")
    return np.convolve(padded, kernel / kernel.sum(), mode="valid")


def line_image(wavelength_nm: FloatArray, line_nm: float, slit_fwhm_px: float) -> FloatArray:
    """The image of one sharp line, (P,), of height 1 at its centre; zero when it falls off the detector."""
    if not wavelength_nm[0] < line_nm < wavelength_nm[-1]:
        return np.zeros_like(wavelength_nm)
    pixel = np.arange(wavelength_nm.size, dtype=np.float64)
    centre = np.interp(line_nm, wavelength_nm, pixel)
    image: FloatArray = np.exp(-0.5 * ((pixel - centre) / sigma_px(slit_fwhm_px)) ** 2)
    return image
