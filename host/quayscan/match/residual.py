"""How much of a spectrum one reference explains: a weighted ridge fit, judged in both directions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..preprocess.grid import STEP_CM1, WINDOW, BoolArray, FloatArray, window_position
from ..preprocess.projection import BACKGROUND_SPLINES, FINE_SPLINES
from .moments import SPLINES, weighted_moments
from .options import ModelError
from .ridge import TINY, nested_ridge, ridge

NUISANCES = 5
COLUMNS = SPLINES + 1 + NUISANCES
Promising = Callable[[FloatArray], BoolArray]
"""Of (F,) explained amounts, which references are worth further passes."""

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
    return fits(target, [reference], error, symmetric=[symmetric], passes=passes, noise_credit=noise_credit)[0]


def fits(
    target: Target,
    references: Sequence[Template],
    error: ModelError,
    *,
    symmetric: Sequence[bool],
    passes: int,
    noise_credit: float,
    promising: Promising | None = None,
) -> list[Fit]:
    """As `fit`, for several references at once; `symmetric` has a value for each.

    Parameters
    ----------
    promising : which of them, by what each explains after one pass, are worth the further ones; all by default.
    """
    given = _together(target, references, symmetric)
    found = _pass(target, given, error, _first_scale(target, given), noise_credit)
    left = np.arange(len(references)) if promising is None else np.flatnonzero(promising(found.explained))
    given = given if left.size == len(references) else given.only(left)
    better = found.only(left)
    for _ in range(passes - 1):
        better = _pass(target, given, error, better.scale, noise_credit)
    found.renew(left, better)
    return [found.fit(at) for at in range(len(references))]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Found:
    """What `Fit` has, of F references: all (F,)."""

    explained: FloatArray
    chi: FloatArray
    background_chi: FloatArray
    scale: FloatArray
    shift_cm1: FloatArray

    def only(self, rows: NDArray[np.intp]) -> _Found:
        return _Found(**{name: getattr(self, name)[rows] for name in self.__slots__})

    def renew(self, rows: NDArray[np.intp], better: _Found) -> None:
        for name in self.__slots__:
            getattr(self, name)[rows] = getattr(better, name)

    def fit(self, at: int) -> Fit:
        return Fit(**{name: float(getattr(self, name)[at]) for name in self.__slots__})


def _pass(target: Target, given: _Together, error: ModelError, scale: FloatArray, noise_credit: float) -> _Found:
    """One fit with the weights of a scale."""
    joint = target.mask & given.mask
    weight = joint / _variance(target, given, error, scale)
    penalty = _penalty(target, error, scale)
    solution, left, background_left = nested_ridge(weighted_moments(given.own, weight), penalty, SPLINES)
    points = np.maximum(joint.sum(axis=1), 1)
    chi, background_chi = left / points, background_left / points
    explained = _explained(chi, background_chi, weight @ target.noise / points, noise_credit)
    explained[solution[:, SPLINES] <= 0] = 0.0
    scale = np.maximum(solution[:, SPLINES], TINY)
    return _Found(
        explained=explained,
        chi=chi,
        background_chi=background_chi,
        scale=scale,
        shift_cm1=np.where(explained > 0, -solution[:, SPLINES + 1] / scale, 0.0),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Together:
    """F references side by side.

    Attributes
    ----------
    own : (F, 701, 7) reference and nuisances, and the query's values last.
    bands, slope, mask : (F, 701) as in `Template`. other : (F, 701) the query's bands where they count, else 0.
    """

    own: FloatArray
    bands: FloatArray
    slope: FloatArray
    mask: BoolArray
    other: FloatArray

    def only(self, rows: NDArray[np.intp]) -> _Together:
        return _Together(**{name: getattr(self, name)[rows] for name in self.__slots__})


def _together(target: Target, references: Sequence[Template], symmetric: Sequence[bool]) -> _Together:
    own = np.empty((len(references), target.values.size, NUISANCES + 2))
    place = window_position()
    for columns, one in zip(own, references, strict=True):
        columns[:, 0] = one.values
        columns[:, 1] = one.slope
        columns[:, 2] = one.slope * place
        columns[:, 3] = one.curvature
        columns[:, 4] = one.values * place
        columns[:, 5] = one.values * place**2
        columns[:, 6] = target.values
    return _Together(
        own=own,
        bands=np.stack([one.bands for one in references]),
        slope=np.stack([one.slope for one in references]),
        mask=np.stack([one.mask for one in references]),
        other=np.asarray(symmetric, dtype=np.float64)[:, None] * target.bands,
    )


def _explained(chi: FloatArray, background_chi: FloatArray, noise_share: FloatArray, noise_credit: float) -> FloatArray:
    """(F,) square root of the share of what stands above the noise that the reference explains, 0 to 1."""
    above = background_chi > noise_share
    rest = np.where(above, background_chi - noise_credit * noise_share, 1.0)
    share = np.where(above, (background_chi - chi) / rest, 0.0)
    result: FloatArray = np.sqrt(np.clip(share, 0.0, HIGHEST_D**2))
    return result


def background_chi(target: Target, error: ModelError) -> float:
    """Chi-square a point of the smooth background alone against the noise: near 1 means no bands."""
    variance = target.noise + (error.level * target.values) ** 2
    weight = target.mask / np.maximum(variance, _floor(target))
    moments = weighted_moments(target.values[None, :, None], weight[None])
    _, left = ridge(moments, _penalty(target, error, np.zeros(1))[:, :SPLINES])
    return float(left[0]) / max(int(target.mask.sum()), 1)


def _variance(target: Target, given: _Together, error: ModelError, scale: FloatArray) -> FloatArray:
    """(F, 701) variance of each point, never 0."""
    by = scale[:, None]
    total = target.noise + (error.level * target.values) ** 2 + (error.floor * by) ** 2
    total += (error.band * np.maximum(by * given.bands, given.other)) ** 2
    total += (error.jitter_cm1 * by * given.slope) ** 2
    result: FloatArray = np.maximum(total, _floor(target))
    return result


def _floor(target: Target) -> float:
    """A variance that keeps noiseless data finite: 1e-4 of its largest value, squared."""
    return max(1e-8 * float(np.max(np.abs(target.values))) ** 2, TINY**2)


def _penalty(target: Target, error: ModelError, scale: FloatArray) -> FloatArray:
    """(F, 62) inverse prior variances: none for the coarse background, tight for the fine one."""
    knots = _knots(target.level.size)
    fine = error.background * np.maximum(np.abs(target.level[knots]), scale[:, None] * error.floor) + TINY
    prior = np.array([error.shift_cm1, error.stretch_cm1, error.width, error.response, error.response])
    result = np.zeros((scale.size, COLUMNS))
    result[:, BACKGROUND_SPLINES:SPLINES] = fine**-2.0
    result[:, SPLINES + 1 :] = (prior * np.maximum(scale, TINY)[:, None]) ** -2.0
    return result


@lru_cache(maxsize=1)
def _knots(points: int) -> NDArray[np.intp]:
    return np.linspace(0, points - 1, FINE_SPLINES).astype(np.intp)


def _first_scale(target: Target, given: _Together) -> FloatArray:
    seen = given.bands * (target.mask & given.mask)
    length = np.einsum("fp,fp->f", given.bands, seen)
    overlap = np.einsum("p,fp->f", target.bands, seen)
    result: FloatArray = np.maximum(overlap / np.maximum(length, TINY), TINY)
    return result
