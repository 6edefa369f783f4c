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
    diagonal = np.diagonal(normal, axis1=-2, axis2=-1)
    damped = normal.copy()
    at = np.arange(count)
    damped[..., at, at] += JITTER * diagonal + penalty + TINY * diagonal.max(axis=-1, keepdims=True)
    solution = np.asarray(np.linalg.solve(damped, right[..., None])[..., 0], dtype=np.float64)
    explained = np.einsum("...j,...j->...", solution, right)
    again = np.einsum("...j,...j->...", solution, np.matmul(normal, solution[..., None])[..., 0])
    left: FloatArray = np.maximum(moments[..., -1, -1] - 2.0 * explained + again, 0.0)
    return solution, left
