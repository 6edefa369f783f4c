"""The wavelength of each pixel from a neon lamp: match peaks with lines, fit a polynomial, drop what does not fit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quayscan_spectra.calibration_lines import LampLines

from ..errors import CalibrationError
from ..spectrum import FloatArray
from .lamp_image import LampImage, lamp_image
from .lamp_search import NARROW, Span, search_axis
from .peaks import Peaks
from .polynomial import Polynomial, fit_polynomial, plus, position_of

LEAST_LINES = 8
"""A cubic through fewer lines has nothing left to be judged by."""

LEAST_SHARE = 0.6
"""Share of the peaks that must be lines of the lamp: on the neon lines of quite another range (585 to 653 nm, 17
sessions of a 532 nm instrument) a free search brings up to 0.6 of the peaks onto some line."""

OUTLIER_SIGMA = 3.5
FLOOR_PX = 0.05
"""No centre is better than this: the pixel's own response and the shape of the slit's image."""

TOLERANCES_FWHM = (2.0, 1.0, 0.7, 0.5)
"""How far a peak may lie from its line, in widths of a line, while the degree rises and the axis settles."""

WORST_RMS_FWHM = 0.12
"""Root mean square residual in widths of a line, from which on the lines are not those of the lamp."""


IndexArray = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WavelengthFit:
    """The axis of one lamp spectrum.

    Attributes
    ----------
    axis : the polynomial, with its covariance.
    pixel, line_nm, residual_nm : (L,) of the lines used; residual is fitted minus true.
    rejected : peaks that belong to no line, or to a blend. rms_nm : of the residuals.
    """

    axis: Polynomial
    pixel: FloatArray
    line_nm: FloatArray
    residual_nm: FloatArray
    rejected: int

    @property
    def rms_nm(self) -> float:
        """Root mean square residual, degrees of freedom counted."""
        free = max(self.pixel.size - len(self.axis.coefficients), 1)
        return float(np.sqrt(np.sum(self.residual_nm**2) / free))


def fit_wavelength(
    peaks: Peaks, lines: LampLines, pixels: int, start: Polynomial, *, span: Span = NARROW, degree: int = 3
) -> WavelengthFit:
    """The polynomial from pixel to wavelength in air.

    Parameters
    ----------
    peaks : of the lamp's spectrum. pixels : of the detector.
    start : where to begin, such as the maker's axis; `span` says how far off it may be.

    Raises
    ------
    CalibrationError
        Too few lines are recognised, or they do not lie on a smooth axis.
    """
    if len(peaks) < LEAST_LINES:
        raise CalibrationError(
            f"only {len(peaks)} narrow lines stand out and {LEAST_LINES} are needed: is the neon lamp lit and in front"
            " of the probe? Expose longer"
        )
    position = position_of(peaks.pixel, pixels)
    dispersion = float(start(np.array([1.0]))[0] - start(np.array([-1.0]))[0]) / (pixels - 1)
    fwhm_nm = float(np.median(peaks.fwhm)) * dispersion
    image = lamp_image(lines, fwhm_nm)
    base = search_axis(position, peaks.height, start, image, span)
    sigma_nm = np.hypot(peaks.sigma, FLOOR_PX) * dispersion
    axis, used, at = _settle(position, base, sigma_nm, image, fwhm_nm, degree)
    found = WavelengthFit(
        axis=axis,
        pixel=peaks.pixel[used],
        line_nm=image.wavelength_nm[at],
        residual_nm=axis(position[used]) - image.wavelength_nm[at],
        rejected=int(len(peaks) - used.size),
    )
    _require_good(found, fwhm_nm)
    return found


def _settle(
    position: FloatArray, base: Polynomial, sigma_nm: FloatArray, image: LampImage, fwhm_nm: float, degree: int
) -> tuple[Polynomial, IndexArray, IndexArray]:
    """Match and correct in turn, with rising degree and shrinking tolerance; the axis, peaks used, and their lines."""
    axis = base
    for step, tolerance in enumerate(TOLERANCES_FWHM):
        used, at = _pairs(axis(position), image.wavelength_nm, tolerance * fwhm_nm)
        if used.size < LEAST_LINES:
            raise CalibrationError(
                f"{used.size} of {position.size} peaks fall on neon lines and {LEAST_LINES} are needed: is it a neon"
                " lamp? Check that nothing else shines in, and expose longer"
            )
        missing = image.wavelength_nm[at] - base(position[used])
        sigma = np.hypot(sigma_nm[used], image.sigma_nm[at])
        correction, kept = _robust(position[used], missing, sigma, min(degree, step + 1, used.size - 3))
        axis, used, at = plus(base, correction), used[kept], at[kept]
    return axis, used, at


def _pairs(wavelength: FloatArray, line_nm: FloatArray, tolerance: float) -> tuple[IndexArray, IndexArray]:
    """Peaks and lines that are each other's nearest within the tolerance."""
    apart = np.abs(wavelength[:, None] - line_nm[None, :])
    nearest = np.argmin(apart, axis=1)
    mutual = np.argmin(apart, axis=0)[nearest] == np.arange(wavelength.size)
    good = mutual & (apart[np.arange(wavelength.size), nearest] < tolerance)
    return np.flatnonzero(good), nearest[good]


def _robust(
    position: FloatArray, line_nm: FloatArray, sigma_nm: FloatArray, degree: int
) -> tuple[Polynomial, IndexArray]:
    """A weighted fit without outliers: the worst goes first, one at a time, at most a third of all."""
    kept = np.arange(position.size)
    for _ in range(position.size // 3 + 1):
        axis = fit_polynomial(position[kept], line_nm[kept], sigma_nm[kept], degree)
        pull = np.abs(axis(position[kept]) - line_nm[kept]) / sigma_nm[kept]
        scale = max(1.4826 * float(np.median(pull)), 1.0)
        worst = int(np.argmax(pull))
        if pull[worst] <= OUTLIER_SIGMA * scale or kept.size <= LEAST_LINES:
            break
        kept = np.delete(kept, worst)
    return axis, kept


def _require_good(found: WavelengthFit, fwhm_nm: float) -> None:
    used, peaks = found.pixel.size, found.pixel.size + found.rejected
    if used < LEAST_SHARE * peaks or found.rms_nm > WORST_RMS_FWHM * fwhm_nm:
        raise CalibrationError(
            f"{used} of {peaks} peaks lie on neon lines, {found.rms_nm / fwhm_nm:.2f} line widths rms off a smooth axis"
            f" ({LEAST_SHARE:.0%} and {WORST_RMS_FWHM} are wanted): the lamp is not recognised; check that it is neon"
            " and that nothing else shines in, and expose longer without clipping"
        )
