"""The linear algebra library on one thread while a verdict is made.

Its products are of some hundred rows: shared among all cores they gain a millisecond on an idle machine, and on a busy
one each waits for its threads. Seen on two busy cores: 560 ms a verdict with threads, 16 ms without.

In other threads than the first OpenBLAS does not keep to it: programs that ask for verdicts there (servers) set
OPENBLAS_NUM_THREADS=1 before NumPy is loaded, as the command line does.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any


@dataclass(slots=True, kw_only=True, eq=False)
class _Inside:
    """How many are inside, in all threads of this process, and the threads there were before."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    count: int = 0
    before: list[int] = field(default_factory=list)


_INSIDE = _Inside()


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it the linear algebra libraries of this process use one thread; afterwards as many as before."""
    with _INSIDE.lock:
        if not _INSIDE.count:
            _INSIDE.before = [one.num_threads for one in _libraries()]
        for one in _libraries():
            one.set_num_threads(1)
        _INSIDE.count += 1
    try:
        yield
    finally:
        with _INSIDE.lock:
            _INSIDE.count -= 1
            if not _INSIDE.count:
                for one, threads in zip(_libraries(), _INSIDE.before, strict=True):
                    one.set_num_threads(threads)


@cache
def _libraries() -> list[Any]:
    """The libraries that numpy and scipy have loaded; looked for once."""
    import scipy.linalg  # noqa: F401  its library must be there to be found
    from threadpoolctl import ThreadpoolController

    return list(ThreadpoolController().select(user_api="blas").lib_controllers)
