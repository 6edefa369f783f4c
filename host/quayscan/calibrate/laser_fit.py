"""The laser's wavelength from a Raman shift standard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quayscan_spectra.calibration_lines import ShiftStandard

from ..errors import CalibrationError
from ..spectrum import FloatArray
from .peaks import Peaks
from .polynomial import Polynomial, position_of

STANDARD_SIGMA_CM1 = 0.55
"""Standard uncertainty of a standard's line: the reference material NMIJ RM 8158-a (polystyrene) states 1.1 to 1.2
cm-1 at k = 2 and agrees with ASTM E1840 within it (Itoh and Hanari, Anal. Sci. 37 (2021) 1533,
10.2116/analsci.21P054)."""

COMMON_SIGMA_CM1 = STANDARD_SIGMA_CM1 / 2**0.5
"""Part of it that all lines of a standard share and no averaging removes. No source says how much: half of the
variance is taken."""

SEARCH_NM = 6.0
"""How far the laser may lie from its nominal wavelength: nothing sold as one laser line lies farther off."""

SEARCH_STEP_NM = 0.02
PULL_CM1 = 3.0
"""Width of a line's pull during the search."""

MATCH_CM1 = 6.0
"""A peak farther than this from a standard's line, the laser being right, is not that line."""

OUTLIER_SIGMA = 3.0
BLENDED = 1.7
"""A peak wider than so many times the median is several bands together: its centre moves with the resolution."""

LEAST_LINES = 3
LEAST_SHARE = 0.6
"""Of the standard's strong lines on the detector: fewer found means that something else lies in front."""

STRONG = 2.0
"""Of the table's strengths, 1 to 5."""

LOWEST_CM1 = 150.0
"""Nearer to the laser its own light and its filter make peaks."""


BoolArray = NDArray[np.bool_]
IndexArray = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LaserFit:
    """The laser and the standard's lines.

    Attributes
    ----------
    laser_nm, sigma_nm : in air, and its standard uncertainty.
    pixel, line_cm1, residual_cm1 : (L,) of the lines used; residual is measured minus true.
    """

    laser_nm: float
    sigma_nm: float
    pixel: FloatArray
    line_cm1: FloatArray
    residual_cm1: FloatArray

    @property
    def rms_cm1(self) -> float:
        """Root mean square residual."""
        return float(np.sqrt(np.mean(self.residual_cm1**2)))


def fit_laser(peaks: Peaks, standard: ShiftStandard, axis: Polynomial, pixels: int, nominal_nm: float) -> LaserFit:
    """The laser wavelength that brings a standard's peaks onto its certified shifts.

    Parameters
    ----------
    peaks : of the standard's spectrum. axis : position to nm. nominal_nm : where to begin.

    Raises
    ------
    CalibrationError
        The standard is not recognised, or none of its lines fall on the detector.
    """
    wanted = _on_detector(standard, axis, nominal_nm)
    if not len(peaks):
        _require_recognised(standard, np.empty(0, dtype=np.intp), wanted)
    position = position_of(peaks.pixel, pixels)
    absolute = 1e7 / axis(position)
    sigma = np.hypot(peaks.sigma * _cm1_per_pixel(axis, position, pixels), STANDARD_SIGMA_CM1)
    laser = _search(absolute, sigma, standard, nominal_nm)
    used, at = _pairs(1e7 / laser - absolute, standard.shift_cm1)
    _require_recognised(standard, at, wanted)
    single = peaks.fwhm[used] <= BLENDED * np.median(peaks.fwhm[used])
    used, at = used[single], at[single]
    kept, offset, spread = _robust_mean(absolute[used] + standard.shift_cm1[at], sigma[used])
    used, at = used[kept], at[kept]
    return LaserFit(
        laser_nm=1e7 / offset,
        sigma_nm=1e7 / offset**2 * float(np.hypot(spread, COMMON_SIGMA_CM1)),
        pixel=peaks.pixel[used],
        line_cm1=standard.shift_cm1[at],
        residual_cm1=offset - absolute[used] - standard.shift_cm1[at],
    )


def _cm1_per_pixel(axis: Polynomial, position: FloatArray, pixels: int) -> FloatArray:
    step = 2.0 / (pixels - 1)
    return np.abs(1e7 / axis(position + step / 2) - 1e7 / axis(position - step / 2))


def _on_detector(standard: ShiftStandard, axis: Polynomial, laser_nm: float) -> BoolArray:
    """(L,) bool, strong lines of the standard that this instrument can see."""
    ends = np.sort(1e7 / laser_nm - 1e7 / axis(np.array([-1.0, 1.0])))
    inside = (standard.shift_cm1 > max(ends[0], LOWEST_CM1)) & (standard.shift_cm1 < ends[1])
    strong: BoolArray = inside & (standard.strength >= STRONG)
    if strong.sum() < LEAST_LINES:
        raise CalibrationError(
            f"{int(strong.sum())} strong lines of {standard.title} lie on this detector ({ends[0]:.0f} to"
            f" {ends[1]:.0f} cm-1) and {LEAST_LINES} are needed: use another standard"
        )
    return strong


def _search(absolute: FloatArray, sigma: FloatArray, standard: ShiftStandard, nominal_nm: float) -> float:
    """The laser at which most peaks, sharp and strong ones before others, lie on lines."""
    laser = nominal_nm + np.arange(-SEARCH_NM, SEARCH_NM + SEARCH_STEP_NM / 2, SEARCH_STEP_NM)
    shift = 1e7 / laser[:, None] - absolute[None, :]
    apart = (shift[:, :, None] - standard.shift_cm1[None, None, :]) / PULL_CM1
    pull = (standard.strength * np.exp(-0.5 * apart**2)).max(axis=2)
    sureness = STANDARD_SIGMA_CM1 / sigma
    return float(laser[np.argmax(np.where(shift > LOWEST_CM1, pull, 0.0) @ sureness)])


def _pairs(shift: FloatArray, line_cm1: FloatArray) -> tuple[IndexArray, IndexArray]:
    """Peaks and lines that are each other's nearest, within `MATCH_CM1`."""
    apart = np.abs(shift[:, None] - line_cm1[None, :])
    nearest = np.argmin(apart, axis=1)
    mutual = np.argmin(apart, axis=0)[nearest] == np.arange(shift.size)
    good = mutual & (apart[np.arange(shift.size), nearest] < MATCH_CM1)
    return np.flatnonzero(good), nearest[good]


def _require_recognised(standard: ShiftStandard, at: IndexArray, wanted: BoolArray) -> None:
    found = int(wanted[at].sum())
    if found < max(LEAST_LINES, LEAST_SHARE * int(wanted.sum())):
        raise CalibrationError(
            f"{found} of {int(wanted.sum())} strong lines of {standard.title} are recognised: is it in front of the"
            " probe and at the focus? Expose longer, without clipping"
        )


def _robust_mean(absolute: FloatArray, sigma: FloatArray) -> tuple[IndexArray, float, float]:
    """Weighted mean of the laser's wavenumber over the lines; those used, the mean, its standard uncertainty."""
    kept = np.arange(absolute.size)
    while True:
        weight = sigma[kept] ** -2.0
        mean = float(weight @ absolute[kept] / weight.sum())
        pull = np.abs(absolute[kept] - mean) / sigma[kept]
        if pull.max() <= OUTLIER_SIGMA or kept.size <= LEAST_LINES:
            break
        kept = np.delete(kept, int(np.argmax(pull)))
    misfit = max(1.0, float(pull @ pull) / max(kept.size - 1, 1))
    return kept, mean, float(np.sqrt(misfit / weight.sum()))
