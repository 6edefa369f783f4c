"""A few references against each spectrum, exactly: float32 finds what may be among the best, float64 ranks it.

Spectra keep their background, in which references have no part.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..preprocess.grid import BoolArray, FloatArray
from .best import DECIMALS
from .effort import Product
from .held import References
from .shifts import SHIFT_STEPS
from .windows import Shifted

Ranked = tuple[NDArray[np.intp], FloatArray, NDArray[np.intp]]
"""(Q, top) rows, cosines and shifts."""

AT_ONCE = 1024
"""References that are looked at together, of several spectra or of one: 3 MB."""


def rescored(
    spectra: Shifted,
    references: References,
    rows: Sequence[NDArray[np.intp]],
    top: int,
    product: Product = np.matmul,
) -> Ranked:
    """The best `top` of each spectrum's own references.

    Parameters
    ----------
    rows : (K,) of each spectrum, `top` or more. product : multiplies stacks of matrices as `np.matmul` does.
    """
    group = max(AT_ONCE // max((len(one) for one in rows), default=1), 1)
    found = [
        _rescored(spectra.part(slice(at, at + group)), references, rows[at : at + group], top, product)
        for at in range(0, len(rows), group)
    ]
    ranked, cosine, steps = zip(*found, strict=True)
    return np.concatenate(ranked), np.concatenate(cosine), np.concatenate(steps)


def rescored_one(
    spectra: Shifted, references: References, rows: NDArray[np.intp], top: int, product: Product = np.matmul
) -> Ranked:
    """The same of one spectrum and any number of references, some at a time."""
    best: Ranked = np.zeros((1, 0), np.intp), np.zeros((1, 0)), np.zeros((1, 0), np.intp)
    for first in range(0, len(rows), AT_ONCE):
        part = np.union1d(best[0][0], rows[first : first + AT_ONCE])
        best = _rescored(spectra, references, [part], min(top, part.size), product)
    return best


def _rescored(
    spectra: Shifted, references: References, rows: Sequence[NDArray[np.intp]], top: int, product: Product
) -> Ranked:
    chosen, there = _side_by_side(rows)
    scaled = (spectra.windows / spectra.length[..., None]).astype(np.float32)
    single = references.single(chosen.ravel()).reshape(*chosen.shape, -1)
    scores = np.where(there[..., None], product(single, scaled.transpose(0, 2, 1)), -np.inf)
    return _exact(spectra, references, chosen, _near(scores, top, spectra.slack), top)


def _side_by_side(rows: Sequence[NDArray[np.intp]]) -> tuple[NDArray[np.intp], BoolArray]:
    """(Q, K) rows, the first repeated where a spectrum has fewer; and which are no such repeats."""
    count = np.array([len(one) for one in rows])
    there: BoolArray = np.arange(count.max()) < count[:, None]
    chosen = np.repeat(np.array([one[0] for one in rows], dtype=np.intp)[:, None], count.max(), axis=1)
    chosen[there] = np.concatenate(rows)
    return chosen, there


def _near(scores: NDArray[np.float32], top: int, slack: FloatArray) -> BoolArray:
    """(Q, K, 9) where a pair may be the reference's best shift, and the reference among the best `top`."""
    best = scores.max(axis=2)
    least = np.partition(best, best.shape[1] - top, axis=1)[:, best.shape[1] - top]
    among = (best >= (least - slack)[:, None]) & np.isfinite(best)
    result: BoolArray = (scores >= (best - slack[:, None])[..., None]) & among[..., None]
    return result


def _exact(spectra: Shifted, references: References, chosen: NDArray[np.intp], near: BoolArray, top: int) -> Ranked:
    """The best, of those pairs that are `near`; each sum in one order."""
    which, at, shift = np.nonzero(near)
    cosine = np.full(near.shape, -np.inf)
    sums = np.einsum("kp,kp->k", references.units(chosen[which, at]), spectra.windows[which, shift])
    cosine[which, at, shift] = np.round(sums / spectra.length[which, shift], DECIMALS)
    best = cosine.max(axis=2)
    order = np.lexsort((chosen, -best))[:, :top]
    steps = SHIFT_STEPS[np.take_along_axis(cosine, order[..., None], axis=1).argmax(axis=2)]
    return np.take_along_axis(chosen, order, axis=1), np.take_along_axis(best, order, axis=1), steps
