"""The exhaustive search's list for certain: what may still belong to it is looked for among the codes, and compared.

`ceiling` says how alike a reference's code must be at a shift for the reference to come among the best that are known.
Of a million mostly some dozens are, and each is compared exactly. A spectrum that resembles nothing, or that is mostly
noise, may leave all of them.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from ..preprocess.codes import Codes, query_codes
from ..preprocess.grid import FloatArray
from .best import DECIMALS, Best, joined, none_of
from .ceiling import STEP, reach, worth_a_look
from .effort import Effort
from .first_pass import SCORES_AT_ONCE
from .held import References
from .rescore import rescored_one
from .shifts import SHIFT_STEPS
from .windows import shifted

EVERY_STEP = tuple(int(step) for step in SHIFT_STEPS)
AT_ONCE = SCORES_AT_ONCE // SHIFT_STEPS.size


def proven(spectra: FloatArray, references: References, found: Best, effort: Effort | None = None) -> Best:
    """`found` made good: all of its ranks are those of the exhaustive search.

    Parameters
    ----------
    spectra, references : as they were searched. found : of these.
    effort : spectra are shared among its threads.
    """
    effort = effort if effort is not None else Effort()
    short = found.proven < found.rows.shape[1]

    def one(at: int) -> Best:
        mine = Best(**{name: getattr(found, name)[at : at + 1] for name in Best.__slots__})
        return _proven(spectra[at : at + 1], references, mine, effort) if short[at] else mine

    with ThreadPoolExecutor(effort.threads) as pool:
        return joined([none_of(found.rows.shape[1]), *pool.map(one, range(len(spectra)))])


def _proven(spectrum: FloatArray, references: References, found: Best, effort: Effort) -> Best:
    moved = shifted(spectrum)
    codes = query_codes(spectrum, EVERY_STEP)
    cosine = round(float(found.cosine[0, -1]) - STEP, DECIMALS)
    least = worth_a_look(reach(moved), codes, cosine)
    rows = np.union1d(found.rows[0], _worth(codes[0], references.codes, least, effort))
    rows, cosines, steps = rescored_one(moved, references, rows, found.rows.shape[1], effort.product)
    return Best(rows=rows, cosine=cosines, steps=steps, ceiling=np.array([cosine]))


def _worth(codes: Codes, references: Codes, least: FloatArray, effort: Effort) -> NDArray[np.intp]:
    """Rows whose code comes up to the least at any of the nine shifts."""
    rows = [
        at + np.flatnonzero((effort.product(codes, references[at : at + AT_ONCE].T) >= least[:, None]).any(axis=0))
        for at in range(0, len(references), AT_ONCE)
    ]
    return np.concatenate(rows)
