"""Narrow lines in a row of pixels: where each has its centre, and how surely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares
from scipy.signal import find_peaks, peak_widths

from ..errors import SpectrumError
from ..spectrum import FloatArray

FWHM_PER_SIGMA = float(2 * np.sqrt(2 * np.log(2)))

LEAST_PROMINENCE = 9.0
"""In standard deviations of the noise, from the valleys beside it: among thousands of pixels noise alone has 7 to 8."""

NARROWEST = 0.45
"""A peak of less than this share of the usual width is a hot pixel or a cosmic ray: no light can be that narrow."""

SINGLE_PIXEL = 1.3
"""A single pixel above its neighbours has a width of 1; the image of a slit has more, on nearly every instrument."""

LEAST_OPTICAL = 0.2
"""Share of all prominence in wider peaks, under which the instrument is taken for one whose lines are that narrow."""

BROADEST = 4.0
"""In usual widths: what is broader is a hump."""

REACH_FWHM = 1.0
"""Half of the stretch that a fit sees, in usual widths, or in half the own width of a band broader than two of them: a
line, but only a band's top. Chosen by what neon lines leave of a smooth axis, on the real lamp file and on bench
instruments."""

FLAT_TOP_PIXELS = 3
"""A top of so many equal pixels is clipped: its centre says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Peaks:
    """Lines found, ascending by position; every array is (L,).

    Attributes
    ----------
    pixel : centre. sigma : its standard uncertainty from the noise, in pixels.
    height : above the local background, in counts. fwhm : full width at half maximum, in pixels.
    """

    pixel: FloatArray
    sigma: FloatArray
    height: FloatArray
    fwhm: FloatArray

    def __len__(self) -> int:
        return int(self.pixel.size)


def find_lines(counts: FloatArray, *, least_prominence: float = LEAST_PROMINENCE) -> Peaks:
    """Every narrow line of a row of pixels, its centre fitted to a fraction of a pixel.

    Parameters
    ----------
    counts : (P,) finite.
    least_prominence : in standard deviations of the pixel noise, which is estimated from the second differences.

    Raises
    ------
    SpectrumError
        The counts are no row of numbers.
    """
    values = np.asarray(counts, dtype=np.float64)
    if values.ndim != 1 or values.size < 16 or not np.all(np.isfinite(values)):
        raise SpectrumError(f"counts of shape {values.shape} are no row of at least 16 finite numbers: measure again")
    noise = _noise(values)
    tops, found = find_peaks(values, prominence=least_prominence * noise, plateau_size=(1, FLAT_TOP_PIXELS - 1))
    if not tops.size:
        return Peaks(**{name: np.empty(0) for name in ("pixel", "sigma", "height", "fwhm")})
    width = peak_widths(values, tops, rel_height=0.5)[0]
    typical = _typical_width(width, found["prominences"])
    line = (width > NARROWEST * typical) & (width < BROADEST * typical)
    seen = np.maximum(width[line] / 2, typical)
    fits = [_fit_line(values, int(top), float(fwhm), noise) for top, fwhm in zip(tops[line], seen, strict=True)]
    kept = np.array([one for one in fits if one is not None]).reshape(-1, 4)
    kept = kept[np.argsort(kept[:, 0], kind="stable")]
    return Peaks(pixel=kept[:, 0], sigma=kept[:, 1], height=kept[:, 2], fwhm=kept[:, 3])


def _noise(values: FloatArray) -> float:
    """Standard deviation of a pixel, from second differences: smooth backgrounds and the few lines leave it alone."""
    second = np.diff(values, n=2)
    spread = 1.4826 * float(np.median(np.abs(second - np.median(second)))) / np.sqrt(6.0)
    return float(max(spread, 1e-9 * np.max(np.abs(values)), 1e-12))


def _typical_width(width: FloatArray, prominence: FloatArray) -> float:
    """The width under which a quarter of all prominence lies, so that neither humps nor hot pixels decide it."""
    optical = width > SINGLE_PIXEL
    if prominence[optical].sum() < LEAST_OPTICAL * prominence.sum():
        optical = np.ones_like(optical)
    order = np.argsort(width[optical])
    share = np.cumsum(prominence[optical][order]) / prominence[optical].sum()
    return float(width[optical][order][np.searchsorted(share, 0.25)])


def _fit_line(values: FloatArray, top: int, fwhm: float, noise: float) -> tuple[float, float, float, float] | None:
    """(centre, its uncertainty, height, width) of a Gaussian on a straight background; None where none fits."""
    reach = max(3, round(REACH_FWHM * fwhm) + 1)
    pixel = np.arange(max(top - reach, 0), min(top + reach + 1, values.size), dtype=np.float64)
    seen = values[pixel.astype(int)]
    low = float(seen.min())
    start = np.array([0.0, float(values[top]) - low, fwhm / FWHM_PER_SIGMA, low, 0.0])
    offset = pixel - top

    def missing(guess: FloatArray) -> FloatArray:
        left: FloatArray = (_line(guess, offset) - seen) / noise
        return left

    def slopes(guess: FloatArray) -> FloatArray:
        return _line_slopes(guess, offset) / noise

    scale = np.maximum(np.abs(start), [1.0, 1.0, 0.1, 1.0, 1.0])
    done = least_squares(missing, start, jac=slopes, x_scale=scale, method="lm", max_nfev=60)
    centre, height, width = float(done.x[0]), float(done.x[1]), abs(float(done.x[2])) * FWHM_PER_SIGMA
    if abs(centre) > reach / 2 or height <= 0 or not NARROWEST * fwhm < width < BROADEST * fwhm:
        return None
    covariance = np.linalg.pinv(done.jac.T @ done.jac)
    misfit = max(1.0, 2 * done.cost / max(pixel.size - 5, 1))
    return top + centre, float(np.sqrt(covariance[0, 0] * misfit)), height, width


def _line(guess: FloatArray, offset: FloatArray) -> FloatArray:
    """A Gaussian on a straight background: centre, height, sigma, level, slope."""
    centre, height, sigma, level, slope = guess
    line: FloatArray = height * np.exp(-0.5 * ((offset - centre) / sigma) ** 2) + level + slope * offset
    return line


def _line_slopes(guess: FloatArray, offset: FloatArray) -> FloatArray:
    """(N, 5) derivatives of `_line` by its five numbers."""
    centre, height, sigma = guess[:3]
    at = (offset - centre) / sigma
    shape = np.exp(-0.5 * at**2)
    moved = height * shape * at / sigma
    return np.stack([moved, shape, moved * at, np.ones_like(offset), offset], axis=1)
