"""Decomposes a near-infrared absorbance spectrum into Gaussian bands over a straight or slowly bent continuum.

Absorbance and its second derivative are fitted together by bounded least squares: the first holds the level, the
second is what identification compares, and it shows shoulders. What the second derivative tolerates is what the
operators disagree in: their standard error. Seeds are the clearest downward bends that the bands so far do not
draw; the fit stops when none is left above the tolerance.
"""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.optimize import least_squares, lsq_linear

from quayscan_spectra.nir import through_points
from quayscan_spectra.profile import Array, pseudo_voigt

from .nir_curvature import second_derivative

_SLOPE = 8.0 * float(np.log(2.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class NirFitOptions:
    """How to fit. Lengths in nm.

    `level_error` is the tolerated error of the absorbance as a share of its range (the level differs between
    operators by more), `floor` that of the second derivative as a share of its largest value. `dip` is how far
    the continuum may go under the lowest absorbance, as a share of the range. A centre moves by at most `reach_nm`
    in one turn, and never further than that beyond the ends.
    """

    low_nm: float = 944.0
    high_nm: float = 1676.0
    continuum_nm: tuple[float, ...] = (950.0, 1650.0)
    dip: float = 0.05
    level_error: float = 0.01
    floor: float = 0.006
    seed_sigma: float = 3.0
    keep_sigma: float = 3.0
    seed_apart_nm: float = 16.0
    first_width_nm: float = 40.0
    min_width_nm: float = 15.0
    max_width_nm: float = 200.0
    reach_nm: float = 30.0
    rounds: int = 12
    seeds_a_round: int = 3
    max_bands: int = 20
    max_steps: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class NirFit:
    """Fitted bands (B,) in order of position and the continuum's points (P,), in the unit of the absorbance."""

    position_nm: Array
    width_nm: Array
    depth_au: Array
    continuum_nm: Array
    continuum_au: Array


class _Problem:
    """The operators' mean with the tolerances of its level and of its second derivative, as one linear map."""

    def __init__(self, axis: Array, by_operator: Array, options: NirFitOptions) -> None:
        self.axis, self.options = axis, options
        self.target = by_operator.mean(axis=0)
        self.points = np.array(options.continuum_nm)
        self.continuum = through_points(self.points, axis).T
        self.grid, operator = second_derivative(axis, options.low_nm, options.high_nm)
        self.curvature = operator / self._tolerance(by_operator @ operator.T)[:, None]
        inside = (axis >= options.low_nm) & (axis <= options.high_nm)
        level = np.eye(len(axis))[inside] / (options.level_error * np.ptp(self.target[inside]))
        self.weigh = np.vstack([level, self.curvature])
        lowest, span = self.target[inside].min(), float(np.ptp(self.target[inside]))
        self.continuum_bounds = lowest - options.dip * span, lowest + span

    def _tolerance(self, curves: Array) -> Array:
        """Standard error of the operators' second derivatives (O, M), over 5 neighbours, and the floor: (M,)."""
        error = uniform_filter1d(curves.var(axis=0, ddof=1) / len(curves), 5)
        floor = self.options.floor * np.abs(curves.mean(axis=0)).max()
        return np.asarray(np.sqrt(error + floor**2), dtype=np.float64)

    def lines(self, bands: Array) -> Array:
        """Unit bands of (3, B) on the axis, (N, B)."""
        return pseudo_voigt(self.axis[:, None] - bands[0], bands[1], np.zeros(1))

    def linear(self, bands: Array) -> tuple[Array, Array]:
        """Depths (>= 0) and continuum points for fixed centres and widths."""
        size = bands.shape[1]
        design = self.weigh @ np.hstack([self.lines(bands), self.continuum])
        low, high = (np.full(len(self.points), bound) for bound in self.continuum_bounds)
        bounds = np.concatenate([np.zeros(size), low]), np.concatenate([np.full(size, np.inf), high])
        found = lsq_linear(design, self.weigh @ self.target, bounds=bounds).x
        return found[:size], found[size:]

    def refine(self, start: Array) -> tuple[Array, Array]:
        """All bands (3, B) and the continuum together, from `start`."""
        depths, continuum = self.linear(start)
        options, one = self.options, np.ones_like(depths)
        first_nm, last_nm = options.low_nm - options.reach_nm, options.high_nm + options.reach_nm
        left, right = (np.clip(start[0] + step, first_nm, last_nm) for step in (-options.reach_nm, options.reach_nm))
        low = np.array([left, one * options.min_width_nm, 0.0 * one])
        high = np.array([right, one * options.max_width_nm, one * 2.0 * np.ptp(self.target)])
        first = np.clip(np.vstack([start[:2], depths]), low + 1e-6, high - 1e-6)
        lowest, highest = (np.full(len(self.points), bound) for bound in self.continuum_bounds)
        found = least_squares(
            self._residual,
            np.concatenate([first.ravel(), np.clip(continuum, lowest + 1e-6, highest - 1e-6)]),
            self._derivative,
            bounds=(np.concatenate([low.ravel(), lowest]), np.concatenate([high.ravel(), highest])),
            x_scale="jac",
            max_nfev=options.max_steps,
        ).x
        return found[: start.size].reshape(3, -1), found[start.size :]

    def left(self, bands: Array, continuum: Array) -> Array:
        """What bands and continuum do not draw, (N,)."""
        return np.asarray(self.target - self.lines(bands) @ bands[2] - self.continuum @ continuum, dtype=np.float64)

    def _split(self, p: Array) -> tuple[Array, Array]:
        size = len(p) - len(self.points)
        return p[:size].reshape(3, -1), p[size:]

    def _residual(self, p: Array) -> Array:
        return np.asarray(-self.weigh @ self.left(*self._split(p)), dtype=np.float64)

    def _derivative(self, p: Array) -> Array:
        bands, _ = self._split(p)
        lines = self.lines(bands)
        u = (self.axis[:, None] - bands[0]) / bands[1]
        slope = lines * bands[2] * _SLOPE * u / bands[1]
        return np.asarray(self.weigh @ np.hstack([slope, slope * u, lines, self.continuum]), dtype=np.float64)

    def seeds(self, left: Array) -> Array:
        """Where the remainder bends down by more than the tolerance, clearest first, (S,)."""
        clearness = -self.curvature @ left
        near = 2 * round(self.options.seed_apart_nm / (self.grid[1] - self.grid[0])) + 1
        found = (-clearness == minimum_filter1d(-clearness, near)) & (clearness > self.options.seed_sigma)
        return np.asarray(self.grid[found][np.argsort(-clearness[found], kind="stable")], dtype=np.float64)

    def supported(self, bands: Array) -> Array:
        """Which bands bend the curve by more than the tolerance somewhere."""
        bend = np.abs(self.curvature @ (self.lines(bands) * bands[2])).max(axis=0)
        return np.asarray(bend > self.options.keep_sigma)


def fit_nir(wavelength_nm: Array, by_operator: Array, options: NirFitOptions | None = None) -> NirFit:
    """Fit bands and continuum to the mean of several operators' spectra.

    Parameters
    ----------
    wavelength_nm : (N,) float64
        Ascending axis in nm.
    by_operator : (O, N) float64
        One mean absorbance an operator, at least two; their spread says what to trust.
    options : NirFitOptions, optional

    Returns
    -------
    NirFit
    """
    options = options or NirFitOptions()
    problem = _Problem(wavelength_nm, by_operator, options)
    bands = np.zeros((3, 0))
    fresh = np.array([options.low_nm, options.high_nm])  # bands beyond the ends reach in
    for _ in range(options.rounds):
        start = np.array([fresh, np.full_like(fresh, options.first_width_nm), np.ones_like(fresh)])
        bands, _ = problem.refine(np.hstack([bands, start]))
        bands = bands[:, problem.supported(bands)]
        bands, continuum = problem.refine(bands)
        room = min(options.seeds_a_round, options.max_bands - bands.shape[1])
        fresh = problem.seeds(problem.left(bands, continuum))[:room]
        if not len(fresh):
            break
    bands = bands[:, np.argsort(bands[0])]
    return NirFit(
        position_nm=bands[0],
        width_nm=bands[1],
        depth_au=bands[2],
        continuum_nm=problem.points,
        continuum_au=continuum,
    )
