"""Where tasks run: `Engine`, and the two that need no other program."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from ..errors import UsageError
from ..library import open_library
from .source import Source
from .task import Done, Setup, run_task

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")
Handle = TypeVar("Handle")

AHEAD = 4
"""Tasks in flight for each worker: enough that none waits, few enough that archives' bytes do not pile up."""


class Engine(Protocol):
    """Runs tasks and gives what became of them in the tasks' order."""

    def run(self, setup: Setup, tasks: Iterable[Sequence[Source]]) -> Iterator[Done]: ...


def in_order(
    submit: Callable[[Task], Handle],
    result: Callable[[Handle], Outcome],
    tasks: Iterable[Task],
    most: int,
) -> Iterator[Outcome]:
    """Submit tasks, at most so many at a time, and give their results in order."""
    waiting: deque[Handle] = deque()
    for task in tasks:
        waiting.append(submit(task))
        if len(waiting) >= most:
            yield result(waiting.popleft())
    while waiting:
        yield result(waiting.popleft())


class Here:
    """All in this process."""

    def run(self, setup: Setup, tasks: Iterable[Sequence[Source]]) -> Iterator[Done]:
        """One task after the other."""
        return (run_task(setup, task) for task in tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Processes of this computer. Each opens the library file itself: mapped, so that all share one copy.

    Attributes
    ----------
    jobs : processes. library_path : the library's file; None for the shipped one.
    """

    jobs: int
    library_path: Path | None = None

    def run(self, setup: Setup, tasks: Iterable[Sequence[Source]]) -> Iterator[Done]:
        """Raises UsageError when a process ended by itself (killed, out of memory)."""
        light = Setup(library=None, request=setup.request, laser_nm=setup.laser_nm, kind=setup.kind)
        context = multiprocessing.get_context("spawn")  # fork would copy the linear algebra library's threads
        with ProcessPoolExecutor(
            self.jobs, mp_context=context, initializer=_begin, initargs=(light, self.library_path)
        ) as pool:
            try:
                yield from in_order(lambda task: pool.submit(_work, task), Future.result, tasks, AHEAD * self.jobs)
            except BrokenProcessPool as exc:
                raise UsageError(
                    "a worker process ended by itself (out of memory?): go on with --resume, perhaps with fewer --jobs"
                ) from exc
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_SETUP: list[Setup] = []
"""The setup of a worker process, which has one for all its life."""


def _begin(setup: Setup, library_path: Path | None) -> None:
    library = None if library_path is None else open_library(library_path)
    _SETUP[:] = [Setup(library=library, request=setup.request, laser_nm=setup.laser_nm, kind=setup.kind)]


def _work(task: Sequence[Source]) -> Done:
    return run_task(_SETUP[0], task)
