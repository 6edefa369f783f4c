"""Workers of a Dask cluster: the same tasks on other computers, or on a cluster made here for the run.

The setup with the library goes to the workers once; files go as bytes, so that no worker needs to see this computer's
disk. A task whose worker is lost runs again on another one: Dask does that, and where the setup went with the last
worker it is sent again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
            work = _Work(client=self.client, setup=setup)
            threads = max(sum(self.client.nthreads().values()), 1)
            yield from in_order(work.submit, work.result, tasks, AHEAD * threads)


@dataclass(slots=True, kw_only=True)
class _Work:
    """Tasks given out and taken back; the setup's place on the workers."""

    client: Any
    setup: Setup
    shared: Any = None

    def submit(self, task: Sequence[Source]) -> tuple[list[Source], Any]:
        """A task with its files' bytes, and what will become of it."""
        whole = [_with_bytes(source) for source in task]
        return whole, self._give(whole)

    def result(self, handle: tuple[list[Source], Any]) -> Done:
        """What became of a task."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        task, future = handle
        for _ in range(TRIES):
            try:
                done: Done = future.result()
                return done
            except (CancelledError, KilledWorker):
                self.shared = None
                future = self._give(task)
        raise LinkLost(
            f"files {task[0].name} to {task[-1].name} took {TRIES} workers with them: see the workers' logs,"
            " then --resume"
        )

    def _give(self, task: list[Source]) -> Any:
        if self.shared is None:
            self.shared = self.client.scatter(_whole(self.setup), broadcast=True, hash=False)
        return self.client.submit(run_task, self.shared, task, pure=False, retries=TRIES)


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


@contextmanager
def _client(address: str, jobs: int) -> Iterator[Any]:
    try:
        from distributed import Client, LocalCluster
    except ImportError as exc:
        raise UsageError(MISSING) from exc
    if address == LOCAL:
        made = LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None, protocol="tcp://")
        with made, Client(made) as client:
            yield client
        return
    try:
        client = Client(address, timeout=CONNECT_SECONDS)
    except (OSError, ValueError) as exc:
        raise LinkLost(f"no Dask scheduler answers at {address} ({exc}): start one with `dask scheduler`") from exc
    with client:
        yield client
