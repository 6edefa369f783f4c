"""Ridge regression from weighted moments, many fits at once."""

from __future__ import annotations

import numpy as np

from ..preprocess.grid import FloatArray

JITTER = 1e-10
"""Share of each diagonal element that keeps columns without data solvable."""

TINY = 1e-12


def ridge(moments: FloatArray, penalty: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Coefficients of the first columns, and the weighted sum of squares that they leave.

    Parameters
    ----------
    moments : (..., K + 1, K + 1) weighted sums of products of all columns and the values, which come last.
    penalty : (..., J) inverse prior variances of the first J columns; 0 leaves one free.

    Returns
    -------
    (..., J) coefficients, and (...) sums over rows of weight times squared residual (without the penalty's share).
    """
    count = penalty.shape[-1]
    normal, right = moments[..., :count, :count], moments[..., :count, -1]
    damped = _damped(normal, penalty)
    solution = np.asarray(np.linalg.solve(damped, right[..., None])[..., 0], dtype=np.float64)
    return solution, _left(moments[..., -1, -1], solution, right, normal)


def nested_ridge(moments: FloatArray, penalty: FloatArray, inner: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """As `ridge`, and what the first `inner` columns alone leave: both from one elimination of these.

    Parameters
    ----------
    moments : (F, J + 1, J + 1). penalty : (F, J), J more than `inner`.

    Returns
    -------
    (F, J) coefficients, (F,) left by all columns, (F,) left by the first `inner`.
    """
    normal, right, values = moments[:, :-1, :-1], moments[:, :-1, -1], moments[:, -1, -1]
    damped = _damped(normal, penalty)
    across = damped[:, :inner, inner:]
    solved = np.linalg.solve(damped[:, :inner, :inner], np.concatenate([across, right[:, :inner, None]], axis=2))
    beside, alone = solved[:, :, :-1], solved[:, :, -1]
    back = across.transpose(0, 2, 1)
    rest = right[:, inner:] - np.matmul(back, alone[..., None])[..., 0]
    outer = np.linalg.solve(damped[:, inner:, inner:] - np.matmul(back, beside), rest[..., None])
    solution = np.concatenate([alone - np.matmul(beside, outer)[..., 0], outer[..., 0]], axis=1)
    left_alone = _left(values, alone, right[:, :inner], normal[:, :inner, :inner])
    return solution, _left(values, solution, right, normal), left_alone


def _damped(normal: FloatArray, penalty: FloatArray) -> FloatArray:
    """The normal equations' matrix with priors and jitter on its diagonal."""
    diagonal = np.diagonal(normal, axis1=-2, axis2=-1)
    damped = normal.copy()
    at = np.arange(penalty.shape[-1])
    damped[..., at, at] += JITTER * diagonal + penalty + TINY * diagonal.max(axis=-1, keepdims=True)
    return damped


def _left(values: FloatArray, solution: FloatArray, right: FloatArray, normal: FloatArray) -> FloatArray:
    """Sums of squares; so written, an error of the solution counts by its square only."""
    explained = np.einsum("...j,...j->...", solution, right)
    again = np.einsum("...j,...j->...", solution, np.matmul(normal, solution[..., None])[..., 0])
    left: FloatArray = np.maximum(values - 2.0 * explained + again, 0.0)
    return left
