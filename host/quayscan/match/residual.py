"""How much of a spectrum one reference explains: a weighted ridge fit, judged in both directions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..preprocess.grid import STEP_CM1, WINDOW, BoolArray, FloatArray, window_position
from ..preprocess.projection import BACKGROUND_SPLINES, FINE_SPLINES, window_splines
from .options import ModelError
from .ridge import TINY, ridge, stacked, weighted_moments

SPLINES = BACKGROUND_SPLINES + FINE_SPLINES
NUISANCES = 5
COLUMNS = SPLINES + 1 + NUISANCES
HIGHEST_D = 0.9999
"""Explained amount is cut here: atanh of 1 is infinite."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Target:
    """The query within the window, all (701,): values, noise variance, background level, band part, mask."""

    values: FloatArray
    noise: FloatArray
    level: FloatArray
    bands: FloatArray
    mask: BoolArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Template:
    """One reference moved to the query's axis, scaled so that its highest band is 1; all (701,).

    Attributes
    ----------
    values, bands : spectrum, and part above the envelope. slope, curvature : derivatives by cm-1.
    mask : points with data.
    """

    values: FloatArray
    bands: FloatArray
    slope: FloatArray
    curvature: FloatArray
    mask: BoolArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Outcome of one fit: explained amount, chi-square a point with and without reference, scale, shift.

    The shift is 0 when nothing is explained.
    """

    explained: float
    chi: float
    background_chi: float
    scale: float
    shift_cm1: float


def template(values: FloatArray, bands: FloatArray, mask: BoolArray, steps: int) -> Template:
    """Cut a reference's (951,) values and band part to the window, moved up by `steps` grid steps."""
    moved = slice(WINDOW.start - steps, WINDOW.stop - steps)
    height = max(float(bands[moved].max()), TINY)
    slope = np.gradient(values, STEP_CM1)
    return Template(
        values=values[moved] / height,
        bands=bands[moved] / height,
        slope=slope[moved] / height,
        curvature=np.gradient(slope, STEP_CM1)[moved] / height,
        mask=mask[moved],
    )


def fit(
    target: Target,
    reference: Template,
    error: ModelError,
    *,
    symmetric: bool,
    passes: int,
    noise_credit: float,
) -> Fit:
    """Fit background, reference and nuisances to the query, and say how much the reference explains.

    The weights depend on the fitted scale, so the fit runs `passes` times. With `symmetric` a band of
    either side is judged by its own height, without it every band by the reference's.
    """
    joint = target.mask & reference.mask
    stack = stacked(_columns(reference), target.values)
    scale = _first_scale(target, reference)
    for _ in range(passes):
        weight = joint / _variance(target, reference, error, scale, symmetric)
        moments = weighted_moments(stack, weight)
        solution, left = ridge(moments, _penalty(target, error, scale))
        scale = max(float(solution[SPLINES]), TINY)
    _, background_left = ridge(moments, _penalty(target, error, scale)[:SPLINES])
    points = max(int(joint.sum()), 1)
    chi, background_chi = left / points, background_left / points
    noise_share = float(weight @ target.noise) / points
    explained = _explained(chi, background_chi, noise_share, noise_credit) if solution[SPLINES] > 0 else 0.0
    shift = -float(solution[SPLINES + 1]) / scale if explained > 0 else 0.0
    return Fit(explained=explained, chi=chi, background_chi=background_chi, scale=scale, shift_cm1=shift)


def _explained(chi: float, background_chi: float, noise_share: float, noise_credit: float) -> float:
    """Square root of the share of what stands above the noise that the reference explains, 0 to 1."""
    if background_chi <= noise_share:
        return 0.0
    share = (background_chi - chi) / (background_chi - noise_credit * noise_share)
    return float(np.sqrt(np.clip(share, 0.0, HIGHEST_D**2)))


def background_chi(target: Target, error: ModelError) -> float:
    """Chi-square a point of the smooth background alone against the noise: near 1 means no bands."""
    variance = target.noise + (error.level * target.values) ** 2
    weight = target.mask / np.maximum(variance, _floor(target))
    moments = weighted_moments(stacked(_columns_background(), target.values), weight)
    _, left = ridge(moments, _penalty(target, error, 0.0)[:SPLINES])
    return left / max(int(target.mask.sum()), 1)


def _variance(target: Target, reference: Template, error: ModelError, scale: float, symmetric: bool) -> FloatArray:
    band = scale * reference.bands
    if symmetric:
        band = np.maximum(band, target.bands)
    total = (
        target.noise
        + (error.level * target.values) ** 2
        + (error.floor * scale) ** 2
        + (error.band * band) ** 2
        + (error.jitter_cm1 * scale * reference.slope) ** 2
    )
    return np.maximum(total, _floor(target))


def _floor(target: Target) -> float:
    """A variance that keeps noiseless data finite: 1e-4 of its largest value, squared."""
    return max(1e-8 * float(np.max(np.abs(target.values))) ** 2, TINY**2)


def _penalty(target: Target, error: ModelError, scale: float) -> FloatArray:
    """(62,) inverse prior variances: none for the coarse background, tight for the fine one."""
    knots = _knots(target.level.size)
    fine = error.background * np.maximum(np.abs(target.level[knots]), scale * error.floor) + TINY
    prior = np.array([error.shift_cm1, error.stretch_cm1, error.width, error.response, error.response]) * max(
        scale, TINY
    )
    return np.concatenate([np.zeros(BACKGROUND_SPLINES), fine**-2.0, [0.0], prior**-2.0])


def _columns(reference: Template) -> FloatArray:
    """(701, 62) background splines, reference, and its nuisances: shift, stretch, width, response."""
    place = window_position()
    own = [
        reference.values,
        reference.slope,
        reference.slope * place,
        reference.curvature,
        reference.values * place,
        reference.values * place**2,
    ]
    return np.concatenate([_columns_background(), np.stack(own, axis=1)], axis=1)


@lru_cache(maxsize=1)
def _knots(points: int) -> NDArray[np.intp]:
    return np.linspace(0, points - 1, FINE_SPLINES).astype(np.intp)


@lru_cache(maxsize=1)
def _columns_background() -> FloatArray:
    return np.concatenate([window_splines(BACKGROUND_SPLINES), window_splines(FINE_SPLINES)], axis=1)


def _first_scale(target: Target, reference: Template) -> float:
    joint = target.mask & reference.mask
    length = float(reference.bands @ (reference.bands * joint))
    return max(float(target.bands @ (reference.bands * joint)) / max(length, TINY), TINY)
