"""`quayscan identify PATHS... --out FILE`: many files into one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from ..errors import InputError, UsageError
from .output import complain, console, is_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..batch import Engine, Progress
    from ..pipeline import Request


def identify_batch(
    paths: Sequence[Path],
    out: Path,
    *,
    request: Request,
    library: Path | None,
    laser_nm: float | None,
    resume: bool,
    jobs: int | None,
    scheduler: str,
) -> int:
    """Write a row for each file into `out`; the exit code.

    Parameters
    ----------
    paths : files, folders, patterns, archives. jobs : processes; one for each core when None.
    scheduler : a Dask scheduler's address, "local", or "" for processes of this computer.
    """
    from ..batch import Setup, find_sources, open_output, run_batch
    from ..batch.output import check_question, kind_of
    from ..library import open_library

    kind = kind_of(out)
    opened = None if library is None else open_library(library)
    engine = _engine(jobs, scheduler, library)
    setup = Setup(library=opened, request=request, laser_nm=laser_nm, kind=kind)
    sources = find_sources(paths)
    output = open_output(out, resume=resume)
    check_question(output, request, opened)
    started = monotonic()
    with _shown(sources.count) as show:
        last = run_batch(sources, setup, engine, output, show)
    complain(_summary(last, monotonic() - started, out))
    return InputError.exit_code if last.errors else 0


def _engine(jobs: int | None, scheduler: str, library: Path | None) -> Engine:
    from ..batch import Here, Pool, cores

    jobs = cores() if jobs is None else jobs
    if jobs < 1:
        raise UsageError(f"--jobs {jobs}: give 1 or more")
    if scheduler:
        from ..batch.cluster import Cluster

        return Cluster(address=scheduler, jobs=jobs)
    return Here() if jobs == 1 else Pool(jobs=jobs, library_path=library)


def _summary(last: Progress, seconds: float, out: Path) -> str:
    now = last.rows - last.before
    earlier = f" after {last.before:,} of an earlier run" if last.before else ""
    rate = f", {now / seconds:.0f} a second" if now else ""
    return f"{now:,} files{earlier}, {last.errors:,} with an error{rate}: {out}"


@contextmanager
def _shown(count: Callable[[], int]) -> Iterator[Callable[[Progress], None]]:
    """A bar with rate and time left on stderr, where a person sees it."""
    if not is_terminal():
        yield lambda progress: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("identify"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:>6} files/s"),
        TextColumn("{task.fields[errors]} errors"),
        TimeRemainingColumn(compact=True),
    )
    with Bar(*columns, console=console(stderr=True)) as bar:
        task = bar.add_task("identify", total=count(), rate="", errors=0)
        started = monotonic()

        def show(progress: Progress) -> None:
            now = progress.rows - progress.before
            rate = f"{now / max(monotonic() - started, 1e-9):.0f}" if now else ""
            bar.update(task, completed=progress.rows, rate=rate, errors=progress.errors)

        yield show
