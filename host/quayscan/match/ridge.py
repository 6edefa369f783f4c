"""Weighted ridge regression from weighted moments, many times over the same columns.

The sums are taken over short runs of rows. A matrix product of that size stays on one thread: the linear algebra
libraries share larger ones among all cores, and on a busy machine a fit of 62 columns then waits tens of times
longer for its threads than it computes.
"""

from __future__ import annotations

import numpy as np

from ..preprocess.grid import FloatArray

ROWS = 64
"""63 x 63 x 64 multiplications are under the 262,144 from which OpenBLAS starts threads (interface/gemm.c)."""

JITTER = 1e-10
"""Share of each diagonal element that keeps columns without data solvable."""

TINY = 1e-12


def stacked(columns: FloatArray, values: FloatArray) -> FloatArray:
    """(B, 64, K + 1) columns and values side by side, cut into runs of rows; rows of zeros fill the last one."""
    beside = np.concatenate([columns, values[:, None]], axis=1)
    filled = np.pad(beside, ((0, -beside.shape[0] % ROWS), (0, 0)))
    return filled.reshape(-1, ROWS, beside.shape[1])


def weighted_moments(stack: FloatArray, weight: FloatArray) -> FloatArray:
    """(K + 1, K + 1) sums of weighted products of all columns and the values, which come last.

    Parameters
    ----------
    stack : as `stacked` gives it. weight : (N,) not negative.
    """
    filled = np.zeros(stack.shape[0] * ROWS)
    filled[: weight.size] = weight
    products = np.matmul((stack * filled.reshape(-1, ROWS, 1)).transpose(0, 2, 1), stack)
    result: FloatArray = products.sum(axis=0)
    return result


def ridge(moments: FloatArray, penalty: FloatArray) -> tuple[FloatArray, float]:
    """Coefficients of the first columns, and the weighted sum of squares that they leave.

    Parameters
    ----------
    moments : as `weighted_moments` gives them.
    penalty : (J,) inverse prior variances of the first J columns; 0 leaves one free.

    Returns
    -------
    (J,) coefficients, and the sum over rows of weight times squared residual (without the penalty's share).
    """
    count = penalty.size
    normal, right = moments[:count, :count], moments[:count, -1]
    diagonal = np.diagonal(normal)
    damped = normal.copy()
    damped.flat[:: count + 1] += JITTER * diagonal + penalty + TINY * float(np.max(diagonal))
    solution = np.asarray(np.linalg.solve(damped, right), dtype=np.float64)
    left = float(moments[-1, -1] - 2.0 * (solution @ right) + solution @ (normal @ solution))
    return solution, max(left, 0.0)
