"""Covariances: what noise, background and a reference's own error may add at any two points."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ...preprocess.grid import WINDOW, WINDOW_POINTS, BoolArray, FloatArray
from ...preprocess.projection import FINE_SPLINES, window_splines
from ...preprocess.resample import SIGMA_CM1
from .options import MixtureOptions, ShapeError
from .shape import COARSE, COARSE_CM1, Shape

FLOOR = 1e-8
"""Share of the highest squared value that keeps noiseless data solvable."""

UNSEEN = 1e6
"""A masked point has this times the highest squared value as its variance: it says nothing."""


@lru_cache(maxsize=16)
def alike(reach_cm1: float) -> FloatArray:
    """(351, 351) Gaussian of the distance between two points, read-only: 1 on the diagonal."""
    kernel = np.exp(-0.5 * ((COARSE_CM1[:, None] - COARSE_CM1[None, :]) / reach_cm1) ** 2)
    kernel.setflags(write=False)
    return kernel


@lru_cache(maxsize=8)
def _ratios(error: ShapeError) -> FloatArray:
    """(351, 351) covariance of the bands' heights, as a share of both."""
    result: FloatArray = (
        error.band**2 * alike(error.band_cm1)
        + error.group**2 * alike(error.group_cm1)
        + error.response**2 * alike(error.response_cm1)
    )
    return result


@lru_cache(maxsize=8)
def _offsets(error: ShapeError) -> FloatArray:
    """(351, 351) covariance of the axis error, in cm-1 squared."""
    result: FloatArray = error.jitter**2 * alike(error.jitter_cm1) + error.shift**2
    return result


def shape_covariance(shape: Shape, error: ShapeError) -> FloatArray:
    """(351, 351) covariance of a shape's own error, for net band area 1."""
    total = _both_ways(_ratios(error), shape.bands)
    total += _both_ways(_offsets(error), shape.slope)
    ways = np.stack([error.width * shape.curvature, error.skew * shape.third, error.wing * shape.wing])
    total += ways.T @ ways
    total += (error.floor * float(shape.bands.max())) ** 2 * alike(error.floor_cm1)
    if not shape.known.all():
        unknown = np.where(shape.known, 0.0, error.unknown * np.sqrt(np.mean(shape.bands[shape.known] ** 2)))
        total += _both_ways(alike(error.unknown_cm1), unknown)
    result: FloatArray = total
    return result


def noise_covariance(variance: FloatArray) -> FloatArray:
    """(351, 351) covariance of (951,) noise variances: neighbours share noise by the resampling kernel."""
    sd = np.sqrt(variance[COARSE])
    return _both_ways(alike(np.sqrt(2.0) * SIGMA_CM1), sd)


def _both_ways(covariance: FloatArray, factor: FloatArray) -> FloatArray:
    """Rows and columns times a factor each."""
    result: FloatArray = covariance * factor
    result *= factor[:, None]
    return result


def query_covariance(
    values: FloatArray, variance: FloatArray, level: FloatArray, mask: BoolArray, options: MixtureOptions
) -> FloatArray:
    """(351, 351) covariance of all that is no component: noise, white error, fine background, unseen points.

    Parameters
    ----------
    values, variance, level, mask : (951,) as `Features` has them.
    """
    total = noise_covariance(variance)
    highest = float(np.max(np.abs(values[COARSE]), initial=0.0)) ** 2 + np.finfo(float).tiny
    unseen = np.where(mask[COARSE], 0.0, UNSEEN * highest)
    total[np.diag_indices_from(total)] += (options.level * values[COARSE]) ** 2 + FLOOR * highest + unseen
    knots = np.linspace(0, WINDOW_POINTS - 1, FINE_SPLINES).astype(int)
    fine = window_splines(FINE_SPLINES)[::2] * (options.background * np.abs(level[WINDOW][knots]))
    total += fine @ fine.T
    return total
