"""Many spectra against a large library: the best few references of each by the cosine of the screen.

1. The first pass (`preprocess.codes`): codes of all spectra times codes of all references, best of three shifts; each
   spectrum keeps its 48 best references, and those that tie with the last. Whole numbers: exact.
2. Those are compared in float32 at all nine shifts. What may still be among the best, or at another shift, by the error
   of float32, stays.
3. The rest is computed anew in float64 in a fixed order, rounded, and sorted; ties by the references' order.

So what comes out depends on neither the block's size, nor threads, nor the library behind the matrix products.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from ..preprocess.codes import COARSE_STEPS, Codes, query_codes, reference_codes
from ..preprocess.grid import POINTS, WINDOW, WINDOW_POINTS, BoolArray, FloatArray
from ..preprocess.projection import background_basis, project_out
from .prepared import unit
from .shifts import SHIFT_STEPS

KEPT = 48
"""References of each spectrum that the first pass keeps."""

CLASSES = 16
"""References are compared by classes, one in sixteen each, so that no row is sorted: the least of the best 48 classes'
best bounds the 48th best reference from below."""

DECIMALS = 6

SINGLE_ERROR = 4.3e-5
"""Largest error of a product of two vectors of length 1 and 701 points in float32, in any order: 703 roundings of
6.0e-8, two of them of the vectors themselves (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1)."""

SCORES_AT_ONCE = 98_304
"""With the codes of the references that they are of, so many scores stay in a core's cache."""

SHARED_FROM = 100_000
"""References from which threads share those of one block of spectra, of which there may be one only."""

FEW, FEW_AT_ONCE = 4, 2048
"""So few codes are faster one after the other: a product of matrices would first copy the references' codes."""

PROJECTED_AT_ONCE = 1024

Product = Callable[..., Any]


class References(Protocol):
    """References that cover the window: M codes, and the projected unit spectra of some of them."""

    @property
    def codes(self) -> Codes: ...

    def single(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """(K, 701) background projected out, of length 1."""
        ...

    def units(self, rows: NDArray[np.intp]) -> FloatArray:
        """The same in float64."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Held:
    """References held in memory, ready for many spectra: 9 KB each.

    Attributes
    ----------
    codes : (M, 64). single_rows, unit_rows : (M, 701) float32 and float64.
    """

    codes: Codes
    single_rows: NDArray[np.float32]
    unit_rows: FloatArray

    @classmethod
    def of(cls, spectra: NDArray[np.float32]) -> Held:
        """Of (M, 951) references that cover the window and the shifts beside it."""
        blocks = np.array_split(spectra, max(len(spectra) // PROJECTED_AT_ONCE, 1))
        units = np.concatenate([projected_units(block) for block in blocks])
        return cls(codes=reference_codes(spectra), single_rows=units.astype(np.float32), unit_rows=units)

    def single(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Rows that are there already."""
        return self.single_rows[rows]

    def units(self, rows: NDArray[np.intp]) -> FloatArray:
        """Rows that are there already."""
        return self.unit_rows[rows]


def projected_units(spectra: NDArray[np.float32]) -> FloatArray:
    """(K, 701) what the background leaves of (K, 951) references within the window, of length 1."""
    everywhere = np.ones(WINDOW_POINTS, dtype=bool)
    return unit(project_out(np.asarray(spectra[:, WINDOW], dtype=np.float64), everywhere))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Best:
    """The best references of each spectrum, best first; all (Q, top).

    Attributes
    ----------
    rows : in the library. cosine : rounded to 6 decimals. steps : axis shift in grid steps, as in `Screen`.
    """

    rows: NDArray[np.intp]
    cosine: FloatArray
    steps: NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPass:
    """How many references of each spectrum are kept, and at which shifts, in grid steps, they are compared.

    `then` is a finer pass over the codes of those that were kept, before their spectra are looked at.
    """

    keep: int = KEPT
    steps: tuple[int, ...] = COARSE_STEPS
    then: FirstPass | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How the work is cut and shared; none of it changes what comes out.

    A first pass is another matter: it is what `best_of_many` and `search` choose for their sizes.

    Attributes
    ----------
    block : spectra at once. threads : that work on blocks. product : multiplies two matrices as `np.matmul` does.
    """

    block: int = 32
    threads: int = 1
    product: Product = np.matmul


def best_of_many(
    spectra: FloatArray,
    references: References,
    *,
    top: int = 10,
    first: FirstPass | None = None,
    effort: Effort | None = None,
) -> Best:
    """The best references of each spectrum by the cosine of the screen on intensities.

    Parameters
    ----------
    spectra : (Q, 951) on the common grid, with data over the window and the shifts beside it.
    references : that cover the same. top : how many of them are wanted.
    first : the first pass; by default that of libraries up to some 10,000 entries.
    effort : how the work is cut and shared.
    """
    effort = effort if effort is not None else Effort()
    first = first if first is not None else FirstPass()
    top = min(top, len(references.codes))
    firsts = range(0, len(spectra), effort.block)
    with ThreadPoolExecutor(1 if len(references.codes) >= SHARED_FROM else effort.threads) as pool:
        blocks = pool.map(lambda at: _block(spectra[at : at + effort.block], references, top, first, effort), firsts)
        done = list(blocks)
    empty = Best(rows=np.zeros((0, top), np.intp), cosine=np.zeros((0, top)), steps=np.zeros((0, top), np.intp))
    parts = done or [empty]
    return Best(
        rows=np.concatenate([one.rows for one in parts]),
        cosine=np.concatenate([one.cosine for one in parts]),
        steps=np.concatenate([one.steps for one in parts]),
    )


def _block(spectra: FloatArray, references: References, top: int, first: FirstPass, effort: Effort) -> Best:
    kept = _passed(spectra, references.codes, top, first, effort)
    flat = spectra - (spectra @ _cubics()) @ _cubics().T
    length = _lengths(flat)
    windows = sliding_window_view(flat, WINDOW_POINTS, axis=1)[:, WINDOW.start + SHIFT_STEPS]
    scaled = (windows / length[:, 1, :, None]).astype(np.float32)
    slack = 2 * SINGLE_ERROR * (length[:, 0] / length[:, 1]).max(axis=1) + 10.0**-DECIMALS
    found = []
    for at in range(len(spectra)):
        single = effort.product(references.single(kept[at]), scaled[at].T)
        near = _near(single, top, float(slack[at]))
        found.append(_exact(windows[at], length[at, 1], references, kept[at], near, top))
    return Best(
        rows=np.stack([one[0] for one in found]),
        cosine=np.stack([one[1] for one in found]),
        steps=np.stack([one[2] for one in found]),
    )


def _passed(
    spectra: FloatArray, references: Codes, top: int, first: FirstPass, effort: Effort
) -> list[NDArray[np.intp]]:
    """The references of each spectrum that the first pass, and a finer one after it, keep."""
    which, rows = candidates(query_codes(spectra, first.steps), references, max(first.keep, top), effort)
    kept = np.split(rows, np.searchsorted(which, np.arange(1, len(spectra))))
    if first.then is None:
        return kept
    finer = [
        _passed(spectra[at : at + 1], references[mine], top, first.then, effort)[0] for at, mine in enumerate(kept)
    ]
    return [mine[at] for mine, at in zip(kept, finer, strict=True)]


def candidates(
    codes: Codes, references: Codes, keep: int = KEPT, effort: Effort | None = None
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Which spectrum, ascending, and which reference, for every pair that the first pass keeps.

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


def _kept(best: NDArray[np.float32], keep: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs at least as good as the least of the best classes' best; of (Q, 16, C) the row is 16 steps of C."""
    count, _, classes = best.shape
    highest = best.max(axis=1)
    if classes > keep:
        least = np.partition(highest, classes - keep, axis=1)[:, classes - keep]
    else:
        least = np.full(count, np.finfo(np.float32).min)
    which, of = np.nonzero(highest >= least[:, None])
    pair, row = np.nonzero(best[which, :, of] >= least[which, None])
    return which[pair], row * classes + of[pair]


@lru_cache(maxsize=1)
def _cubics() -> FloatArray:
    """(951, 4) orthonormal polynomials up to the third degree: they lie in the background of every shifted window."""
    basis, _ = np.linalg.qr(np.vander(np.linspace(-1.0, 1.0, POINTS), 4))
    cubics: FloatArray = np.asarray(basis, dtype=np.float64)
    return cubics


@lru_cache(maxsize=1)
def _shifted_splines() -> FloatArray:
    """(951, 9 14) the background's basis, moved up by each shift."""
    splines = background_basis(np.ones(WINDOW_POINTS, dtype=bool))
    moved = np.zeros((POINTS, SHIFT_STEPS.size, splines.shape[1]))
    for at, step in enumerate(SHIFT_STEPS):
        moved[WINDOW.start + step : WINDOW.stop + step, at] = splines
    return moved.reshape(POINTS, -1)


def _lengths(spectra: FloatArray) -> FloatArray:
    """(Q, 2, 9) length of each shifted window, whole and less its background."""
    squares = np.cumsum(np.pad(spectra**2, ((0, 0), (1, 0))), axis=1)
    whole = squares[:, WINDOW.stop + SHIFT_STEPS] - squares[:, WINDOW.start + SHIFT_STEPS]
    background = (spectra @ _shifted_splines()).reshape(len(spectra), SHIFT_STEPS.size, -1)
    left = whole - np.einsum("qsb,qsb->qs", background, background)
    lengths: FloatArray = np.sqrt(np.maximum(np.stack([whole, left], axis=1), np.finfo(float).tiny))
    return lengths


def _exact(
    windows: FloatArray,
    length: FloatArray,
    references: References,
    rows: NDArray[np.intp],
    near: BoolArray,
    top: int,
) -> tuple[NDArray[np.intp], FloatArray, NDArray[np.intp]]:
    """Rows, cosines and shifts of the best of the candidates of one spectrum, of those pairs that are `near`.

    The references have no part in the background: so the spectrum's need not be taken out of it, but for its length.
    """
    at, shift = np.nonzero(near)
    cosine = np.full(near.shape, -np.inf)
    sums = np.einsum("kp,kp->k", references.units(rows[at]), windows[shift])
    cosine[at, shift] = np.round(sums / length[shift], DECIMALS)
    best = cosine.max(axis=1)
    order = np.lexsort((rows, -best))[:top]
    return rows[order], best[order], SHIFT_STEPS[cosine[order].argmax(axis=1)]


def _near(single: NDArray[np.float32], top: int, slack: float) -> BoolArray:
    """(K, 9) where a pair may be the reference's best shift, and the reference among the best `top`."""
    best = single.max(axis=1)
    least = np.partition(best, best.size - top)[best.size - top]
    result: BoolArray = (single >= best[:, None] - slack) & (best >= least - slack)[:, None]
    return result
