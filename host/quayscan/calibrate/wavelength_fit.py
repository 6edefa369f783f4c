"""The wavelength of each pixel from a neon lamp: match peaks with lines, fit a polynomial, drop what does not fit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quayscan_spectra.calibration_lines import LampLines

from ..errors import CalibrationError
from ..spectrum import FloatArray
from .lamp_search import NARROW, Span, search_axis
from .peaks import Peaks
from .polynomial import Polynomial, fit_polynomial, position_of

LEAST_LINES = 6
"""A cubic through fewer lines has nothing left to be judged by."""

BLEND_FWHM = 1.2
"""Two lines nearer than this many widths make one peak, whose centre is neither's, unless one of them is faint."""

FAINT = 0.15
"""Of the other's intensity: a neighbour under this hardly moves the peak. Lamps differ, so the table is a guide."""

OUTLIER_SIGMA = 3.5
FLOOR_PX = 0.05
"""No centre is better than this: the pixel's own response and the shape of the slit's image."""

TOLERANCES_PX = (8.0, 4.0, 2.0, 2.0)
"""How far a peak may lie from its line while the degree rises and the axis settles."""

WORST_RMS_PX = 0.5


BoolArray = NDArray[np.bool_]
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
    wavelength = search_axis(position, peaks.height, start(position), lines, span)
    dispersion = abs(float(start(np.array([1.0]))[0] - start(np.array([-1.0]))[0])) / (pixels - 1)
    sharp_nm = float(np.median(peaks.fwhm)) * dispersion
    target = _unblended(lines, sharp_nm)
    sigma_nm = np.hypot(peaks.sigma, FLOOR_PX) * dispersion
    axis, used, at = _settle(position, wavelength, sigma_nm, lines.wavelength_nm, target, dispersion, degree)
    residual = axis(position[used]) - lines.wavelength_nm[at]
    found = WavelengthFit(
        axis=axis,
        pixel=peaks.pixel[used],
        line_nm=lines.wavelength_nm[at],
        residual_nm=residual,
        rejected=int(len(peaks) - used.size),
    )
    _require_good(found, dispersion)
    return found


def _settle(
    position: FloatArray,
    wavelength: FloatArray,
    sigma_nm: FloatArray,
    line_nm: FloatArray,
    target: BoolArray,
    dispersion: float,
    degree: int,
) -> tuple[Polynomial, IndexArray, IndexArray]:
    """Match and fit in turn, with rising degree and shrinking tolerance; the axis, peaks used, and their lines."""
    for step, tolerance in enumerate(TOLERANCES_PX):
        used, at = _pairs(wavelength, line_nm, target, tolerance * dispersion)
        allowed = min(degree, step + 1, max(used.size - 3, 1))
        if used.size < LEAST_LINES:
            raise CalibrationError(
                f"{used.size} of {position.size} peaks fall on neon lines and {LEAST_LINES} are needed: is it a neon"
                " lamp? Check that nothing else shines in, and expose longer"
            )
        axis, kept = _robust(position[used], line_nm[at], sigma_nm[used], allowed)
        used, at = used[kept], at[kept]
        wavelength = axis(position)
    return axis, used, at


def _unblended(lines: LampLines, fwhm_nm: float) -> BoolArray:
    """(L,) bool, lines that this resolution sees alone."""
    apart = np.abs(lines.wavelength_nm[:, None] - lines.wavelength_nm[None, :])
    near = (apart < BLEND_FWHM * fwhm_nm) & (lines.intensity[None, :] > FAINT * lines.intensity[:, None])
    alone: BoolArray = near.sum(axis=1) == 1
    return alone


def _pairs(
    wavelength: FloatArray, line_nm: FloatArray, target: BoolArray, tolerance: float
) -> tuple[IndexArray, IndexArray]:
    """Peaks and lines that are each other's nearest within the tolerance, blends left out."""
    apart = np.abs(wavelength[:, None] - line_nm[None, :])
    nearest = np.argmin(apart, axis=1)
    mutual = np.argmin(apart, axis=0)[nearest] == np.arange(wavelength.size)
    good = mutual & (apart[np.arange(wavelength.size), nearest] < tolerance) & target[nearest]
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


def _require_good(found: WavelengthFit, dispersion: float) -> None:
    rms_px = found.rms_nm / dispersion
    if rms_px > WORST_RMS_PX:
        raise CalibrationError(
            f"{found.pixel.size} neon lines lie {rms_px:.2f} pixels rms off a smooth axis and {WORST_RMS_PX} are"
            " allowed: the lines are not recognised; check the lamp and expose longer, without clipping"
        )
