"""`run_batch`: sources through an engine into an output, in order, from where an earlier run ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from ..errors import UsageError
from .engine import Engine
from .output import Output
from .source import Source
from .task import Setup

FILES = 16
"""Sources of one task: some tenths of a second, so that all workers end together and little is lost by a kill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Rows that are written, how many of them are errors, and how many an earlier run had written."""

    rows: int
    errors: int
    before: int


def run_batch(
    sources: Iterable[Source],
    setup: Setup,
    engine: Engine,
    output: Output,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Write a row for every source that the output does not hold yet.

    Parameters
    ----------
    output : opened; rows that it holds already are those of the first sources.

    Returns
    -------
    The last progress.

    Raises
    ------
    UsageError
        What the output holds is of other files, or was asked in another way.
    """
    left = iter(sources)
    _skip(left, output)
    rows, errors = len(output.before.files), output.before.errors
    progress = Progress(rows=rows, errors=errors, before=rows)
    on_progress(progress)
    for done in engine.run(setup, _tasks(left)):
        output.write(done.rows)
        rows, errors = rows + done.count, errors + done.errors
        progress = Progress(rows=rows, errors=errors, before=progress.before)
        on_progress(progress)
    output.finish()
    return progress


def _tasks(sources: Iterator[Source]) -> Iterator[list[Source]]:
    while task := list(islice(sources, FILES)):
        yield task


def _skip(sources: Iterator[Source], output: Output) -> None:
    """Pass over the sources whose rows are there."""
    for at, name in enumerate(output.before.files):
        source = next(sources, None)
        if source is None or source.name != name:
            now = "nothing more is asked about" if source is None else f"it would be {source.name}"
            raise UsageError(
                f"{output.path}: row {at + 1} is of {name}, and now {now}: resume with the same paths"
                " in the same order, or choose another --out"
            )
