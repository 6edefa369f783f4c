"""Decomposes a measured Raman spectrum into pseudo-Voigt bands over one smooth background.

Seeds come from the second derivative (shoulders count) and from positions given; all bands and the background
are fitted together by bounded least squares; what the residual still shows above the noise becomes new seeds;
bands that the noise does not support are dropped. The weights let a weak band count: the tolerated error of a bin
is its noise plus a small share of the level there, so that a strong line's shape error does not drown the rest.
"""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import maximum_filter1d
from scipy.optimize import least_squares, lsq_linear
from scipy.signal import savgol_coeffs, savgol_filter

from quayscan_spectra.profile import Array, pseudo_voigt

from .background import lower_envelope, pixel_noise, spline_basis


@dataclass(frozen=True, slots=True, kw_only=True)
class FitOptions:
    """How to fit. Lengths in cm-1.

    `envelope_error` is how far the background may leave the lower envelope, as a share of its height;
    `floor` and `relative_error` are the model error as a share of the spectrum's top and of the level nearby.
    """

    low_cm1: float = 250.0
    high_cm1: float = 2300.0
    envelope_cm1: float = 350.0
    envelope_error: float = 0.05
    knot_cm1: float = 200.0
    floor: float = 0.0008
    reach_cm1: float = 8.0
    min_fwhm_cm1: float = 4.0
    max_fwhm_cm1: float = 70.0
    relative_error: float = 0.01
    seed_sigma: float = 5.0
    keep_sigma: float = 3.5
    rounds: int = 4
    max_bands: int = 50
    max_steps: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class BandFit:
    """Fitted bands (B,) in order of shift, with the fitted curves (N,) on the axis of the fit."""

    shift_cm1: Array
    fwhm_cm1: Array
    eta: Array
    height: Array
    axis_cm1: Array
    counts: Array
    background: Array
    sigma: Array

    @property
    def bands(self) -> Array:
        """The sum of the bands on `axis_cm1`, (N,)."""
        lines = pseudo_voigt(self.axis_cm1 - self.shift_cm1[:, None], self.fwhm_cm1[:, None], self.eta[:, None])
        return np.asarray(self.height @ lines, dtype=np.float64)


def tolerance(axis_cm1: Array, level: Array, options: FitOptions) -> Array:
    """Tolerated error (1 sd) of each bin: pixel noise, a share of the top of the spectrum, and a larger share of
    the highest level within 12 cm-1. `level` is what stands above the background."""
    step = float(np.median(np.diff(axis_cm1)))
    near = maximum_filter1d(np.maximum(level, 0.0), 2 * round(12.0 / step) + 1)
    parts = pixel_noise(level), options.floor * float(near.max()), options.relative_error * near
    return np.asarray(np.sqrt(sum(np.square(part) for part in parts)), dtype=np.float64)


def _seeds_at(axis: Array, counts: Array, sigma: Array, half_cm1: float) -> Array:
    """Maxima of the downward curvature at one scale, as (3, S): position, width to start with, clearness."""
    step = float(np.median(np.diff(axis)))
    window = max(2 * round(half_cm1 / step) + 1, 7)
    curvature = -savgol_filter(counts, window, 3, deriv=2)
    clearness = curvature / (sigma * float(np.linalg.norm(savgol_coeffs(window, 3, deriv=2))))
    peak = curvature == maximum_filter1d(curvature, window)
    peak &= (axis > axis[0] + half_cm1) & (axis < axis[-1] - half_cm1)
    width = np.full(int(peak.sum()), 2.0 * half_cm1)
    return np.array([axis[peak], width, clearness[peak]])


def find_seeds(axis_cm1: Array, counts: Array, sigma: Array, threshold: float) -> Array:
    """Where the curve bends down by more than `threshold` noises, (2, S): position and width, clearest first.

    Two scales: narrow lines and shoulders, and broad features.
    """
    found = np.hstack([_seeds_at(axis_cm1, counts, sigma, half) for half in (5.0, 20.0)])
    found = found[:, found[2] > threshold]
    return np.asarray(found[:2, np.argsort(-found[2], kind="stable")], dtype=np.float64)


class _Problem:
    """One spectrum less its envelope, with the spline that may correct the envelope a little."""

    def __init__(self, axis: Array, y: Array, sigma: Array, envelope: Array, options: FitOptions) -> None:
        self.axis, self.y, self.sigma, self.options = axis, y, sigma, options
        self.basis = spline_basis(axis, options.knot_cm1)
        allowed = pixel_noise(y) + options.envelope_error * (envelope - envelope.min())
        weight = np.abs(self.basis).sum(axis=0)
        self.prior = np.diag(weight / (self.basis.T @ allowed))

    def curve(self, bands: Array, coefficients: Array) -> Array:
        """Bands (4, B) and background correction on the axis, (N,)."""
        lines = pseudo_voigt(self.axis[:, None] - bands[0], bands[1], bands[2])
        return np.asarray(lines @ bands[3] + self.basis @ coefficients, dtype=np.float64)

    def linear(self, bands: Array) -> tuple[Array, Array]:
        """Heights (>= 0) and background coefficients for fixed centres, widths and shapes."""
        lines = pseudo_voigt(self.axis[:, None] - bands[0], bands[1], bands[2])
        size, free = lines.shape[1], self.basis.shape[1]
        design = np.vstack(
            [
                np.hstack([lines, self.basis]) / self.sigma[:, None],
                np.hstack([np.zeros((free, size)), self.prior]),
            ]
        )
        low = np.concatenate([np.zeros(size), np.full(free, -np.inf)])
        target = np.concatenate([self.y / self.sigma, np.zeros(free)])
        found = lsq_linear(design, target, bounds=(low, np.inf), max_iter=200).x
        return found[:size], found[size:]

    def refine(self, start: Array) -> tuple[Array, Array]:
        """All bands (4, B) and the background together, from `start`."""
        size = start.shape[1]
        heights, coefficients = self.linear(start)
        low, high = self._bounds(start)
        first = np.clip(np.vstack([start[:3], heights]), low + 1e-6, high - 1e-6)
        free = np.full(self.basis.shape[1], np.inf)
        found = least_squares(
            self._residual,
            np.concatenate([first.ravel(), coefficients]),
            self._derivative,
            bounds=(np.concatenate([low.ravel(), -free]), np.concatenate([high.ravel(), free])),
            x_scale="jac",
            max_nfev=self.options.max_steps,
            args=(4 * size,),
        ).x
        return found[: 4 * size].reshape(4, size), found[4 * size :]

    def _bounds(self, start: Array) -> tuple[Array, Array]:
        nothing, one, reach = np.zeros_like(start[0]), np.ones_like(start[0]), self.options.reach_cm1
        low = np.array([start[0] - reach, one * self.options.min_fwhm_cm1, nothing, nothing])
        high = np.array([start[0] + reach, one * self.options.max_fwhm_cm1, one, one * 2.0 * float(np.ptp(self.y))])
        return low, high

    def _residual(self, p: Array, count: int) -> Array:
        misfit = self.curve(p[:count].reshape(4, -1), p[count:]) - self.y
        return np.concatenate([misfit / self.sigma, self.prior @ p[count:]])

    def _derivative(self, p: Array, count: int) -> Array:
        by_band = _jacobian(self.axis, *p[:count].reshape(4, -1)) / self.sigma[:, None]
        below = np.hstack([np.zeros((self.prior.shape[0], count)), self.prior])
        return np.vstack([np.hstack([by_band, self.basis / self.sigma[:, None]]), below])

    def supported(self, bands: Array) -> Array:
        """Which bands stand above the tolerance, averaged over their own width."""
        step = float(np.median(np.diff(self.axis)))
        noise = np.interp(bands[0], self.axis, self.sigma) / np.sqrt(np.maximum(bands[1] / step, 1.0))
        inside = (bands[0] >= self.axis[0]) & (bands[0] <= self.axis[-1])
        return np.asarray(inside & (bands[3] > self.options.keep_sigma * noise))


def _jacobian(axis: Array, centre: Array, fwhm: Array, eta: Array, height: Array) -> Array:
    """Derivatives of the sum of bands by centre, width, share and height, (N, 4B)."""
    u = (axis[:, None] - centre) / fwhm
    lorentz = 1.0 / (1.0 + 4.0 * u**2)
    gauss = np.exp(-4.0 * np.log(2.0) * u**2)
    slope = -8.0 * u * (eta * lorentz**2 + (1.0 - eta) * np.log(2.0) * gauss) * height
    parts = [-slope / fwhm, -slope * u / fwhm, height * (lorentz - gauss), eta * (lorentz - gauss) + gauss]
    return np.hstack(parts)


def _with_seeds(bands: Array, seeds: Array, room: int) -> Array:
    """The bands (4, B) and at most `room` seeds (2, S), in their order, that are no centre of a band yet."""
    fresh: list[list[float]] = []
    for centre, width in seeds.T:
        taken = [*bands[0], *(seed[0] for seed in fresh)]
        if len(fresh) < room and all(abs(centre - other) > 0.3 * width for other in taken):
            fresh.append([centre, width, 0.5, 1.0])
    return np.hstack([bands, np.array(fresh).reshape(-1, 4).T])


def _grow(problem: _Problem, bands: Array) -> Array:
    """Refine, drop what is not supported, add what the residual shows; bands (4, B) in order of shift."""
    options = problem.options
    for turn in range(options.rounds):
        bands, coefficients = problem.refine(bands)
        bands = bands[:, problem.supported(bands)]
        if turn < options.rounds - 1:
            left = problem.y - problem.curve(bands, coefficients)
            more = find_seeds(problem.axis, left, problem.sigma, options.seed_sigma)
            bands = _with_seeds(bands, more, options.max_bands - bands.shape[1])
    return bands[:, np.argsort(bands[0])]


def fit_bands(
    shift_cm1: Array, counts: Array, given_cm1: Array | None = None, options: FitOptions | None = None
) -> BandFit:
    """Fit bands and background to one spectrum.

    Parameters
    ----------
    shift_cm1, counts : (N,) float64
        Ascending axis in cm-1 and intensity, any unit.
    given_cm1 : (S,) float64, optional
        Positions known beforehand; used as seeds beside those found.
    options : FitOptions, optional

    Returns
    -------
    BandFit
        Bands in order of shift, heights in the unit of `counts`.
    """
    options = options or FitOptions()
    inside = (shift_cm1 >= options.low_cm1) & (shift_cm1 <= options.high_cm1)
    axis, counts = shift_cm1[inside], counts[inside]
    envelope = lower_envelope(axis, counts, options.envelope_cm1)
    y = counts - envelope
    sigma = tolerance(axis, y, options)
    problem = _Problem(axis, y, sigma, envelope, options)
    given = np.array([]) if given_cm1 is None else given_cm1[(given_cm1 > axis[0]) & (given_cm1 < axis[-1])]
    seeds = np.hstack([[given, np.full_like(given, 10.0)], find_seeds(axis, y, sigma, options.seed_sigma)])
    bands = _with_seeds(np.zeros((4, 0)), seeds, options.max_bands * 2 // 3)
    bands = _grow(problem, bands)
    heights, coefficients = problem.linear(bands)
    keep = heights > 0
    return BandFit(
        shift_cm1=bands[0, keep],
        fwhm_cm1=bands[1, keep],
        eta=bands[2, keep],
        height=heights[keep],
        axis_cm1=axis,
        counts=counts,
        background=envelope + problem.basis @ coefficients,
        sigma=sigma,
    )
