"""The smooth nuisance (fluorescence, glass, stray light) as a subspace, and its removal."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from .grid import WINDOW_POINTS, BoolArray, FloatArray, window_position

BACKGROUND_SPLINES = 14
"""Cubic B-splines over the window; clamped ones sum to 1, so the constant is among them."""

FINE_SPLINES = 42
"""A finer background with a tight prior, for the residual fit."""

DEGREE = 3


def bspline_basis(position: FloatArray, count: int) -> FloatArray:
    """Clamped uniform cubic B-splines on [-1, 1] by the Cox-de Boor recursion.

    Parameters
    ----------
    position : (N,) values within -1 .. 1.
    count : splines, at least 4.

    Returns
    -------
    (N, count) float64; each row sums to 1.

    Raises
    ------
    ValueError
        When `count` is under 4.
    """
    if count <= DEGREE:
        raise ValueError(f"{count} cubic splines are too few: at least {DEGREE + 1} are needed")
    inner = np.linspace(-1.0, 1.0, count - DEGREE + 1)
    knots = np.concatenate([np.full(DEGREE, -1.0), inner, np.full(DEGREE, 1.0)])
    interval = np.clip(np.searchsorted(inner, position, side="right") - 1, 0, inner.size - 2) + DEGREE
    basis: FloatArray = (np.arange(knots.size - 1)[None, :] == interval[:, None]).astype(np.float64)
    for degree in range(1, DEGREE + 1):
        basis = _raise_degree(basis, position, knots, degree)
    return basis


def _raise_degree(basis: FloatArray, position: FloatArray, knots: FloatArray, degree: int) -> FloatArray:
    """One step of the recursion: splines of `degree - 1` to splines of `degree`."""
    span = knots[degree:] - knots[:-degree]
    inverse = np.divide(1.0, span, out=np.zeros_like(span), where=span > 0)
    rising = (position[:, None] - knots[None, : span.size]) * inverse * basis[:, : span.size]
    falling = (knots[None, degree:] - position[:, None]) * inverse * basis[:, : span.size]
    result: FloatArray = rising[:, :-1] + falling[:, 1:]
    return result


@lru_cache(maxsize=4)
def window_splines(count: int) -> FloatArray:
    """(701, count) read-only B-splines on the matching window."""
    basis = bspline_basis(window_position(), count)
    basis.setflags(write=False)
    return basis


def background_basis(mask: BoolArray, count: int = BACKGROUND_SPLINES) -> FloatArray:
    """Orthonormal basis of the background on the window's unmasked points.

    Parameters
    ----------
    mask : (701,) bool, True where there is data.
    count : splines.

    Returns
    -------
    (701, K) float64, zero in masked rows. K is `count`, less where the mask empties whole splines.
    """
    return _background_basis(np.packbits(mask).tobytes(), count)


@lru_cache(maxsize=64)
def _background_basis(mask_bits: bytes, count: int) -> FloatArray:
    mask = np.unpackbits(np.frombuffer(mask_bits, dtype=np.uint8), count=WINDOW_POINTS).astype(bool)
    left, size, _ = np.linalg.svd(window_splines(count) * mask[:, None], full_matrices=False)
    basis: FloatArray = left[:, size > 1e-6 * size[0]] * mask[:, None] if size[0] > 0 else left[:, :0]
    basis.setflags(write=False)
    return basis


def project_out(values: FloatArray, mask: BoolArray, count: int = BACKGROUND_SPLINES) -> FloatArray:
    """Remove the background subspace of so many splines from (..., 701) values; masked points become 0."""
    basis = background_basis(mask, count)
    masked = values * mask
    return masked - (masked @ basis) @ basis.T
