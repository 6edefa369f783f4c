"""Fit of several components together: generalised least squares with the components' own errors as covariance.

The query is background + sum of amount times shape + error. Each shape's error grows with its amount, so amounts and
covariance are found in turns. What is left, divided by that covariance, shows a further component as a matched filter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from scipy.linalg import cholesky, solve_triangular

from ...preprocess import Features
from ...preprocess.grid import BoolArray, FloatArray
from ...preprocess.opening import opened_bands
from ...preprocess.projection import BACKGROUND_SPLINES, window_splines
from .area import TINY, net_band_area
from .covariance import query_covariance, shape_covariance
from .options import MixtureOptions, ShapeError
from .shape import COARSE, Shape

TURNS = 2

MOST_AREA = 10.0
"""A component has at most this times the query's net band area: near twins would else cancel each other."""

SINGULAR = 1e-9
"""Singular values under this share of the largest count as 0: two columns are one."""

JITTER = 1e-9
"""Share of each variance that keeps the covariance positive in floating point."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """The query on the coarse grid.

    Attributes
    ----------
    values : (351,). covariance : (351, 351) of all that is no component. mask : (351,) bool.
    background : (351, B) orthonormal splines on the points that are seen, free.
    points : number that is seen. area : net band area of the whole.
    """

    values: FloatArray
    covariance: FloatArray
    mask: BoolArray
    background: FloatArray
    points: int
    area: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """A component of a fit: its row in the library (`WALL` for a wall's own scan), shift, shape and its error."""

    row: int
    steps: int
    shape: Shape
    covariance: FloatArray


WALL = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """What a set of components leaves.

    Attributes
    ----------
    parts : the components. amounts, deviations : (K,) net band area and its standard deviation.
    chi : chi-square a point. unlikelihood : twice the negative log likelihood, up to a constant of the query.
    root : (351, 351) lower Cholesky root of the covariance. white : (351, C + 1) whitened columns and values.
    basis : (351, C) orthonormal, of the same span as the columns. left : (351,) whitened residual.
    splines : number of columns that are background; they come first.
    """

    parts: tuple[Part, ...]
    amounts: FloatArray
    deviations: FloatArray
    chi: float
    unlikelihood: float
    root: FloatArray
    white: FloatArray
    basis: FloatArray
    left: FloatArray
    splines: int

    def bare(self, at: int) -> Fit:
        """The same covariance, with what one component explains given back to what is left."""
        columns = np.delete(self.white[:, :-1], self.splines + at, axis=1)
        basis, _ = np.linalg.qr(columns)
        values = self.white[:, -1]
        return replace(self, basis=basis, left=values - basis @ (basis.T @ values))

    @property
    def shares(self) -> FloatArray:
        """(K,) amounts as shares of their sum."""
        result: FloatArray = self.amounts / max(float(self.amounts.sum()), TINY)
        return result


def problem(features: Features, options: MixtureOptions) -> Problem:
    """The query as the fit needs it."""
    mask = features.mask[COARSE]
    return Problem(
        values=np.where(mask, features.values[COARSE], 0.0),
        covariance=query_covariance(features.values, features.variance, features.level, features.mask, options),
        mask=mask,
        background=_background(mask),
        points=max(int(mask.sum()), 1),
        area=float(net_band_area(opened_bands(features.values, features.mask))),
    )


def part(row: int, steps: int, shape: Shape, error: ShapeError) -> Part:
    """A component with the covariance of its error."""
    return Part(row=row, steps=steps, shape=shape, covariance=shape_covariance(shape, error))


def fit(query: Problem, parts: Sequence[Part], start: Sequence[float] | FloatArray) -> Fit:
    """Fit background and components; `start` are amounts to begin with."""
    amounts = np.clip(np.asarray(start, dtype=np.float64), TINY, MOST_AREA * query.area)
    splines = query.background.shape[1]
    columns = np.column_stack([query.background, *(one.shape.values for one in parts)]) * query.mask[:, None]
    beside = np.column_stack([columns, query.values])
    for _ in range(TURNS):
        root = _root(query.covariance, parts, amounts)
        white = solve_triangular(root, beside, lower=True, check_finite=False)
        basis, upper = np.linalg.qr(white[:, :-1])
        inverse = _inverse(upper)
        amounts = np.clip((inverse @ (basis.T @ white[:, -1]))[splines:], TINY, MOST_AREA * query.area)
    left = white[:, -1] - basis @ (basis.T @ white[:, -1])
    determinant = np.log(np.diag(root)).sum() + np.log(np.abs(np.diag(upper)[:splines])).sum()
    free = max(query.points - columns.shape[1], 1)
    return Fit(
        parts=tuple(parts),
        amounts=amounts,
        deviations=np.maximum(np.linalg.norm(inverse, axis=1)[splines:], TINY),
        chi=float(left @ left) / free,
        unlikelihood=float(left @ left) + 2.0 * float(determinant),
        root=root,
        white=white,
        basis=basis,
        left=left,
        splines=splines,
    )


def _root(covariance: FloatArray, parts: Sequence[Part], amounts: FloatArray) -> FloatArray:
    """Lower Cholesky root of the query's covariance with the components' errors at their amounts."""
    total = covariance.copy()
    for amount, one in zip(amounts, parts, strict=True):
        total += amount**2 * one.covariance
    total[np.diag_indices_from(total)] *= 1.0 + JITTER
    root: FloatArray = cholesky(total, lower=True, check_finite=False, overwrite_a=True)
    return root


def _inverse(upper: FloatArray) -> FloatArray:
    """Inverse of a triangular factor; a column that the others hold gets 0, whatever the columns' scales."""
    scale = np.maximum(np.linalg.norm(upper, axis=0), np.finfo(float).tiny)
    inverse: FloatArray = np.linalg.pinv(upper / scale, rcond=SINGULAR) / scale[:, None]
    return inverse


def _background(mask: BoolArray) -> FloatArray:
    """(351, B) cubic B-splines on the seen points, orthonormal; fewer than 14 where whole splines see nothing."""
    return _background_of(np.packbits(mask).tobytes(), mask.size)


@lru_cache(maxsize=64)
def _background_of(mask_bits: bytes, points: int) -> FloatArray:
    mask = np.unpackbits(np.frombuffer(mask_bits, dtype=np.uint8), count=points).astype(bool)
    splines = window_splines(BACKGROUND_SPLINES)[::2] * mask[:, None]
    left, size, _ = np.linalg.svd(splines, full_matrices=False)
    basis: FloatArray = left[:, size > 1e-6 * size[0]] if size[0] > 0 else left[:, :0]
    return basis
