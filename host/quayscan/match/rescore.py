"""A few references against one spectrum, exactly: float32 finds what may be among the best, float64 ranks it.

Spectra keep their background, in which references have no part.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..preprocess.grid import BoolArray, FloatArray
from .best import DECIMALS
from .effort import Product
from .held import References
from .shifts import SHIFT_STEPS
from .windows import Shifted

AT_ONCE = 1024
"""References that are looked at together, whatever their number."""


def rescored(
    spectra: Shifted,
    at: int,
    references: References,
    rows: NDArray[np.intp],
    top: int,
    product: Product = np.matmul,
) -> tuple[NDArray[np.intp], FloatArray, NDArray[np.intp]]:
    """Rows, cosines and shifts of the best `top` of chosen references, for the spectrum at a place.

    Parameters
    ----------
    rows : (K,) to choose from. product : multiplies two matrices as `np.matmul` does.
    """
    windows, length = spectra.windows[at], spectra.length[at]
    scaled = (windows / length[:, None]).astype(np.float32).T
    best, cosine, steps = np.zeros(0, np.intp), np.zeros(0), np.zeros(0, np.intp)
    for first in range(0, len(rows), AT_ONCE):
        part = np.union1d(best, rows[first : first + AT_ONCE])
        near = _near(product(references.single(part), scaled), top, float(spectra.slack[at]))
        best, cosine, steps = _exact(windows, length, references, part, near, top)
    return best, cosine, steps


def _near(single: NDArray[np.float32], top: int, slack: float) -> BoolArray:
    """(K, 9) where a pair may be the reference's best shift, and the reference among the best `top`."""
    best = single.max(axis=1)
    least = np.partition(best, best.size - top)[best.size - top] if best.size > top else -np.inf
    result: BoolArray = (single >= best[:, None] - slack) & (best >= least - slack)[:, None]
    return result


def _exact(
    windows: FloatArray,
    length: FloatArray,
    references: References,
    rows: NDArray[np.intp],
    near: BoolArray,
    top: int,
) -> tuple[NDArray[np.intp], FloatArray, NDArray[np.intp]]:
    """Rows, cosines and shifts of the best, of those pairs that are `near`; each sum in one order."""
    at, shift = np.nonzero(near)
    cosine = np.full(near.shape, -np.inf)
    sums = np.einsum("kp,kp->k", references.units(rows[at]), windows[shift])
    cosine[at, shift] = np.round(sums / length[shift], DECIMALS)
    best = cosine.max(axis=1)
    order = np.lexsort((rows, -best))[:top]
    return rows[order], best[order], SHIFT_STEPS[cosine[order].argmax(axis=1)]
