"""The first pass: which references of each spectrum are worth a closer look, by their codes (`preprocess.codes`).

Codes of all spectra times codes of all references, best of a few shifts; each spectrum keeps its best references, and
those that tie with the last. Whole numbers: exact, and so the same whatever the block, the threads, or the library
behind the product. What is left out has its ceiling (`ceiling`).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..preprocess.codes import COARSE_STEPS, Codes, query_codes
from ..preprocess.grid import FloatArray
from .ceiling import Reach, ceiling
from .effort import Effort

KEPT = 48
"""References of each spectrum that the first pass keeps."""

CLASSES = 16
"""References are compared by classes, one in sixteen each, so that no row is sorted: the least of the best 48 classes'
best bounds the 48th best reference from below."""

SCORES_AT_ONCE = 98_304
"""With the codes of the references that they are of, so many scores stay in a core's cache."""

SHARED_FROM = 100_000
"""References from which threads share those of one block of spectra, of which there may be one only."""

FEW, FEW_AT_ONCE = 4, 2048
"""So few codes are faster one after the other: a product of matrices would first copy the references' codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPass:
    """How many references of each spectrum are kept, and at which shifts, in grid steps, they are compared.

    `then` is a finer pass over the codes of those that were kept, before their spectra are looked at.
    """

    keep: int = KEPT
    steps: tuple[int, ...] = COARSE_STEPS
    then: FirstPass | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Passed:
    """What a pass keeps of each of Q spectra.

    Attributes
    ----------
    rows : (K,) references of each, in any order. ceiling : (Q,) of the cosine of all others.
    """

    rows: list[NDArray[np.intp]]
    ceiling: FloatArray


def passed(spectra: FloatArray, reach: Reach, references: Codes, top: int, first: FirstPass, effort: Effort) -> Passed:
    """The references of each of (Q, 951) spectra that the first pass, and a finer one after it, keep."""
    codes = query_codes(spectra, first.steps)
    which, rows, least = candidates(codes, references, max(first.keep, top), effort)
    kept = np.split(rows, np.searchsorted(which, np.arange(1, len(spectra))))
    most = ceiling(reach, codes, first.steps, least)
    if first.then is None:
        return Passed(rows=kept, ceiling=most)
    finer = [
        passed(spectra[at : at + 1], reach.of(at), references[mine], top, first.then, effort)
        for at, mine in enumerate(kept)
    ]
    return Passed(
        rows=[mine[one.rows[0]] for mine, one in zip(kept, finer, strict=True)],
        ceiling=np.maximum(most, np.array([one.ceiling[0] for one in finer])),
    )


def candidates(
    codes: Codes, references: Codes, keep: int = KEPT, effort: Effort | None = None
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
    """Which spectrum, ascending, and which reference, for every pair that the first pass keeps; (Q,) the least kept.

    Parameters
    ----------
    codes : (Q, S, 64) of spectra. references : (M, 64). keep : at least as many of each spectrum.
    effort : large libraries are shared among its threads.
    """
    effort = effort if effort is not None else Effort()
    count, shifts, waves = codes.shape
    flat = np.ascontiguousarray(codes.transpose(1, 0, 2)).reshape(-1, waves)
    classes = -(-len(references) // CLASSES)
    best = np.full((count, CLASSES * classes), -np.inf, dtype=np.float32)
    few = len(flat) <= FEW
    at_once = FEW_AT_ONCE if few else max(SCORES_AT_ONCE // len(flat), 256)
    row_runs = [slice(at, at + 1) for at in range(len(flat))] if few else [slice(None)]

    def compare(first: int, after: int) -> None:
        scratch = np.empty(len(flat) * at_once, dtype=np.float32)
        for at in range(first, after, at_once):
            part = references[at : min(at + at_once, after)]
            scores = scratch[: len(flat) * len(part)].reshape(len(flat), len(part))
            for rows in row_runs:
                effort.product(flat[rows], part.T, out=scores[rows])
            np.maximum.reduce(scores.reshape(shifts, count, -1), axis=0, out=best[:, at : at + len(part)])

    if effort.threads == 1 or len(references) < SHARED_FROM:
        compare(0, len(references))
    else:
        ends = [len(references) * at // effort.threads for at in range(effort.threads + 1)]
        with ThreadPoolExecutor(effort.threads) as pool:
            list(pool.map(compare, ends[:-1], ends[1:]))
    return _kept(best.reshape(count, CLASSES, classes), keep)


def _kept(best: NDArray[np.float32], keep: int) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
    """Pairs at least as good as the least of the best classes' best; of (Q, 16, C) the row is 16 steps of C."""
    count, _, classes = best.shape
    highest = best.max(axis=1)
    least = np.full(count, -np.inf, dtype=np.float32)
    if classes > keep:
        least = np.partition(highest, classes - keep, axis=1)[:, classes - keep]
    numbers = np.maximum(least, np.finfo(np.float32).min)  # no class is whole: -inf stands where no reference is
    which, of = np.nonzero(highest >= numbers[:, None])
    pair, row = np.nonzero(best[which, :, of] >= numbers[which, None])
    return which[pair], row * classes + of[pair], least
