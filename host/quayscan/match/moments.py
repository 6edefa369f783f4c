"""Weighted sums of products of the background splines and a few columns more, for many fits at once.

A spline is zero but for a short run of points. So each pair of splines that overlap has a fixed product, and the sums
of all pairs are one sparse product with the weights: a fiftieth of what full columns cost. The sparse products add in
one fixed order and never wake the linear algebra library's threads, for which a small fit would wait too long.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ..preprocess.grid import FloatArray
from ..preprocess.projection import BACKGROUND_SPLINES, FINE_SPLINES, window_splines

SPLINES = BACKGROUND_SPLINES + FINE_SPLINES
"""Columns that every fit has, first the coarse ones and then the fine ones."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SplineProducts:
    """What of the moments is the same for every fit.

    Attributes
    ----------
    each : (56, 701) sparse, the splines. pairs : (P, 701) sparse, products of the splines that overlap.
    first, second : (P,) the two splines of each pair, first <= second.
    """

    each: Any
    pairs: Any
    first: NDArray[np.intp]
    second: NDArray[np.intp]


@lru_cache(maxsize=1)
def spline_products() -> SplineProducts:
    """The splines and their products; made once."""
    splines = np.concatenate([window_splines(BACKGROUND_SPLINES), window_splines(FINE_SPLINES)], axis=1)
    there = (splines != 0.0).astype(np.float64)
    first, second = np.nonzero(np.triu(there.T @ there))
    return SplineProducts(
        each=csr_array(np.ascontiguousarray(splines.T)),
        pairs=csr_array(np.ascontiguousarray((splines[:, first] * splines[:, second]).T)),
        first=first,
        second=second,
    )


def weighted_moments(own: FloatArray, weight: FloatArray) -> FloatArray:
    """(F, 56 + K, 56 + K) sums over points of weight times products of columns, for each of F fits.

    Parameters
    ----------
    own : (F, 701, K) the columns of each fit beside the splines, the values last. weight : (F, 701) not negative.
    """
    fits, points, count = own.shape
    made = spline_products()
    moments = np.zeros((fits, SPLINES + count, SPLINES + count))
    sums = (made.pairs @ np.ascontiguousarray(weight.T)).T
    moments[:, made.first, made.second] = sums
    moments[:, made.second, made.first] = sums
    weighted = weight[..., None] * own
    beside = np.ascontiguousarray(weighted.transpose(1, 0, 2)).reshape(points, fits * count)
    across = (made.each @ beside).reshape(SPLINES, fits, count).transpose(1, 0, 2)
    moments[:, :SPLINES, SPLINES:] = across
    moments[:, SPLINES:, :SPLINES] = across.transpose(0, 2, 1)
    moments[:, SPLINES:, SPLINES:] = np.matmul(weighted.transpose(0, 2, 1), own)
    return moments
