"""Workers of a Dask cluster: the same tasks on other computers, or on a cluster made here for the run.

The setup with the library goes to the workers once; files go as bytes, so that no worker needs to see this computer's
disk. A task whose worker is lost runs again on another one: Dask does that, and where the setup went with the last
worker it is sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import LinkLost, QuayscanError, UsageError
from ..formats.text import read_bytes
from ..library import Library
from .engine import AHEAD, in_order
from .source import Source
from .task import Done, Setup, run_task

MISSING = "--scheduler needs Dask: pip install 'quayscan[cluster]'"
LOCAL = "local"
CONNECT_SECONDS = 10

WORKER_ENVIRONMENT = {
    "MALLOC_ARENA_MAX": 1,
    "MALLOC_TRIM_THRESHOLD_": 1 << 28,
    "MALLOC_MMAP_THRESHOLD_": 1 << 25,
    "OMP_NUM_THREADS": 1,
    "OPENBLAS_NUM_THREADS": 1,
    "MKL_NUM_THREADS": 1,
}
"""Of a worker process, whose tasks run beside its main thread: glibc would give each freed matrix of a verdict back to
the system, which Dask's own settings ask for, and a verdict took 1.8 times the processor time. Set these where you
start workers by hand."""

TRIES = 5
"""So often is a task given out before a run ends: one that kills every worker must not go round for ever."""


@dataclass(slots=True, kw_only=True)
class Cluster:
    """Tasks on a Dask cluster.

    Attributes
    ----------
    address : of a scheduler, as tcp://host:8786, or "local" for one that is made here and ends with the run.
    jobs : workers of a local one.
    client : of the cluster while it runs.
    """

    address: str
    jobs: int
    client: Any = field(default=None)

    def run(self, setup: Setup, tasks: Iterable[Sequence[Source]]) -> Iterator[Done]:
        """Raises UsageError without Dask, LinkLost when the scheduler cannot be reached or a task never comes back."""
        with _client(self.address, self.jobs) as self.client:
            work = Work(client=self.client, function=run_task, shared=_whole(setup))
            threads = max(sum(self.client.nthreads().values()), 1)
            whole = ([_with_bytes(source) for source in task] for task in tasks)
            done: Iterator[Done] = in_order(work.submit, work.result, whole, AHEAD * threads)
            yield from done


@dataclass(slots=True, kw_only=True)
class Work:
    """Tasks given out to workers and taken back.

    Attributes
    ----------
    client : of the cluster. function : called with `shared` and a task. shared : what goes to every worker once.
    place : of it on the workers.
    """

    client: Any
    function: Callable[[Any, Any], Any]
    shared: Any
    place: Any = None

    def submit(self, task: Any) -> tuple[Any, Any]:
        """A task, and what will become of it."""
        return task, self._give(task)

    def result(self, handle: tuple[Any, Any]) -> Any:
        """What became of a task, which is given out again where it went with its worker.

        Raises
        ------
        LinkLost
            Every time.
        """
        from distributed import KilledWorker

        task, future = handle
        for _ in range(TRIES):
            try:
                return future.result()
            except (CancelledError, KilledWorker):
                self.place = None
                future = self._give(task)
        raise LinkLost(f"a task took {TRIES} workers with it: see the workers' logs, then --resume")

    def _give(self, task: Any) -> Any:
        if self.place is None:
            self.place = self._scattered()
        return self.client.submit(self.function, self.place, task, pure=False, retries=TRIES)

    def _scattered(self) -> Any:
        """The shared value on all workers; one that is lost meanwhile ends the attempt, not the run."""
        for _ in range(TRIES):
            try:
                return self.client.scatter(self.shared, broadcast=True, hash=False)
            except OSError as exc:
                failed = exc
                self.client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        raise LinkLost(f"the library does not reach the workers ({failed}): see their logs, then --resume")


def _whole(setup: Setup) -> Setup:
    """The setup with its library in memory: a file that is mapped here is not there."""
    library = setup.library
    if library is None:
        return setup
    whole = Library(
        name=library.name,
        references=library.references[:],
        spectra=library.spectra.copy(),
        coverage=library.coverage.copy(),
        sha256=library.sha256,
        axis=library.axis,
        seal=library.seal,
        doubts=library.doubts,
        doubt_count=library.doubt_count,
    )
    return Setup(library=whole, request=setup.request, laser_nm=setup.laser_nm, kind=setup.kind)


def _with_bytes(source: Source) -> Source:
    if source.data is not None or source.error:
        return source
    try:
        return Source(name=source.name, data=read_bytes(Path(source.name)))
    except QuayscanError as exc:
        return Source(name=source.name, error=str(exc))


def local_cluster(jobs: int) -> Any:
    """A cluster of worker processes on this computer, without a dashboard."""
    import dask
    from distributed import LocalCluster

    with dask.config.set({"distributed.nanny.pre-spawn-environ": WORKER_ENVIRONMENT}):
        return LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None, protocol="tcp://")


@contextmanager
def _client(address: str, jobs: int) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError as exc:
        raise UsageError(MISSING) from exc
    if address == LOCAL:
        with local_cluster(jobs) as made, Client(made) as client:
            yield client
        return
    try:
        client = Client(address, timeout=CONNECT_SECONDS)
    except (OSError, ValueError) as exc:
        raise LinkLost(f"no Dask scheduler answers at {address} ({exc}): start one with `dask scheduler`") from exc
    with client:
        yield client
