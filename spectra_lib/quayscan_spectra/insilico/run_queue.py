"""Works through the queue: one molecule after the other, each finished one written to the tables at once."""

import multiprocessing
import time
from collections.abc import Callable
from pathlib import Path

from .computed import compute
from .computed_table import add
from .errors import ComputeError
from .progress import Progress
from .queue_table import Queued, mark, read_queue

Say = Callable[[str], None]
Start = Callable[[str, Path, Path], int]


def _one(identifier: str, tables: Path, work_dir: Path) -> None:

    def report(step: Progress) -> None:
        left = "" if step.seconds_left is None else f", about {step.seconds_left / 60:.0f} min left"
        print(f"{identifier} {step.done}/{step.total} {step.stage}{left}", flush=True)

    try:
        add(tables, compute(identifier, work_dir=work_dir, on_progress=report))
    except ComputeError as exc:
        mark(tables, identifier, f"failed: {exc}")
        return
    mark(tables, identifier, "done")


def in_own_process(identifier: str, tables: Path, work_dir: Path) -> int:
    """Computes one molecule in a process of its own, whose memory goes back with it; its exit code."""
    worker = multiprocessing.get_context("spawn").Process(target=_one, args=(identifier, tables, work_dir))
    worker.start()
    worker.join()
    return worker.exitcode or 0


def _next(tables: Path) -> Queued | None:
    return next((row for row in read_queue(tables) if row.state == "queued"), None)


def _state(tables: Path, identifier: str) -> str:
    return next(row.state for row in read_queue(tables) if row.id == identifier)


def run_queue(
    tables: Path,
    work_dir: Path,
    hours: float,
    say: Say,
    on_finished: Callable[[str], None],
    start: Start = in_own_process,
) -> int:
    """Computes what is queued until the hours are used up; a molecule begun is finished.

    Parameters
    ----------
    tables : Path
        The folder of `queue.csv`, `computed.csv` and `computed_bands.csv`.
    work_dir : Path
        Where finished steps are kept.
    hours : float
        Wall time after which no further molecule is begun.
    say : callable
        Gets a line of text about each molecule.
    on_finished : callable
        Gets the id of each molecule whose rows were written, to commit them.
    start : callable
        Computes one molecule and gives an exit code.

    Returns
    -------
    int
        The number of molecules finished.
    """
    deadline, finished = time.monotonic() + 3600.0 * hours, 0
    while time.monotonic() < deadline and (row := _next(tables)) is not None:
        left = sum(one.state == "queued" for one in read_queue(tables))
        say(f"{row.id}: {row.heavy_atoms} heavy atoms, {left} queued")
        ended = start(row.id, tables, work_dir)
        if ended or _state(tables, row.id) == "queued":
            reason = f"the process ended with {ended} (-9: out of memory)" if ended else "ended without a result"
            mark(tables, row.id, f"failed: {reason}")
        state = _state(tables, row.id)
        say(f"{row.id}: {state}")
        finished += state == "done"
        on_finished(row.id)
    return finished
