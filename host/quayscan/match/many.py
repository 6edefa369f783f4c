"""Many spectra against a large library: the best few references of each by the cosine of the screen.

1. The first pass (`first_pass`) keeps few references of each spectrum, by codes, and says what the others can have at
   most (`ceiling`).
2. Those are compared in float32 at all nine shifts. What may still be among the best, or at another shift, by the error
   of float32, stays.
3. The rest is computed anew in float64 in a fixed order, rounded, and sorted, ties by the references' order
   (`rescore`).
4. Who wants the exhaustive search's list for certain has what may still belong to it compared as well (`proof`).

So what comes out depends on neither the block's size, nor threads, nor the library behind the matrix products.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from ..preprocess.grid import FloatArray
from .best import Best, joined, none_of
from .ceiling import reach
from .effort import Effort
from .first_pass import SHARED_FROM, FirstPass, passed
from .held import References
from .proof import proven
from .rescore import rescored
from .windows import shifted

MOST_SCORES = 2**24
"""Scores of a block of spectra with all references: 64 MB."""


def best_of_many(
    spectra: FloatArray,
    references: References,
    *,
    top: int = 10,
    first: FirstPass | None = None,
    exact: bool = False,
    effort: Effort | None = None,
) -> Best:
    """The best references of each spectrum by the cosine of the screen on intensities.

    Parameters
    ----------
    spectra : (Q, 951) on the common grid, with data over the window and the shifts beside it.
    references : that cover the same. top : how many of them are wanted.
    first : the first pass; by default that of libraries up to some 10,000 entries.
    exact : go on until every rank is proven to be the exhaustive search's.
    effort : how the work is cut and shared.
    """
    effort = effort if effort is not None else Effort()
    first = first if first is not None else FirstPass()
    top = min(top, len(references.codes))
    block = min(effort.block, max(MOST_SCORES // max(len(references.codes), 1), 1))
    firsts = range(0, len(spectra), block)
    with ThreadPoolExecutor(1 if len(references.codes) >= SHARED_FROM else effort.threads) as pool:
        blocks = pool.map(lambda at: _block(spectra[at : at + block], references, top, first, effort), firsts)
        found = joined([none_of(top), *blocks])
    return proven(spectra, references, found, effort) if exact else found


def _block(spectra: FloatArray, references: References, top: int, first: FirstPass, effort: Effort) -> Best:
    moved = shifted(spectra)
    kept = passed(spectra, reach(moved), references.codes, top, first, effort)
    rows, cosine, steps = rescored(moved, references, kept.rows, top, effort.product)
    return Best(rows=rows, cosine=cosine, steps=steps, ceiling=kept.ceiling)
