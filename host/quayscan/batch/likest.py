"""The likest references of very many spectra, shared among processes here or the workers of a Dask cluster.

The same blocks as `match.many` works on go out, and come back in order: the bytes are those of one process. References
go to each worker once.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

from ..match.best import Best, joined
from ..match.held import Held
from ..match.many import best_of_many
from ..pipeline.one_thread import one_thread
from ..preprocess.grid import FloatArray
from .cluster import Work
from .engine import AHEAD, in_order

SPECTRA = 250
"""Spectra of one task: some tenths of a second."""


def likest_here(spectra: FloatArray, references: Held, *, jobs: int, top: int = 10) -> Best:
    """The best references of each of (Q, 951) spectra, by processes of this computer."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(references, top)) as pool:
        return joined(list(in_order(lambda one: pool.submit(_work, one), Future.result, _tasks(spectra), AHEAD * jobs)))


def likest_on(client: Any, spectra: FloatArray, references: Held, *, top: int = 10) -> Best:
    """The same by the workers of a Dask cluster.

    Parameters
    ----------
    client : `distributed.Client` of the cluster. A worker that is lost loses no row: its blocks run again.
    """
    work = Work(client=client, function=_best, shared=(references, top))
    threads = max(sum(client.nthreads().values()), 1)
    return joined(list(in_order(work.submit, work.result, _tasks(spectra), AHEAD * threads)))


def _tasks(spectra: FloatArray) -> Iterator[FloatArray]:
    return (spectra[at : at + SPECTRA] for at in range(0, len(spectra), SPECTRA))


def _best(shared: tuple[Held, int], spectra: FloatArray) -> Best:
    references, top = shared
    with one_thread():
        return best_of_many(spectra, references, top=top)


_SHARED: list[tuple[Held, int]] = []
"""What a worker process was begun with."""


def _begin(references: Held, top: int) -> None:
    _SHARED[:] = [(references, top)]


def _work(spectra: FloatArray) -> Best:
    return _best(_SHARED[0], spectra)
