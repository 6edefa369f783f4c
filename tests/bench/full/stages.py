"""Where the time of a verdict goes: a season's files through the product's own code, a watch around each stage.

The stages are the product's functions, each with the watch put around it where it is called: so the code that is
measured is the code that runs. A stage's time is its own, less that of the stages within it.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from quayscan.batch.source import Source
from quayscan.batch.task import Setup, run_task
from quayscan.pipeline import Request

from .files import written

HEAD = ("| stage | processor time a spectrum | spectra a second, one core | share |", "|---|---|---|---|")
WARM, SPECTRA = 200, 2000

REST = "the rest"
STAGES = {
    "read: bytes to a spectrum": ("batch.task.read_bytes", "batch.task.parse_spectrum"),
    "prepare: despike, noise, grid, envelope": ("pipeline.identification.prepare",),
    "screen": ("match.match.screen", "match.match.shortlist"),
    "residual fits": ("match.match.background_chi", "match.match.both_directions"),
    "what contradicts the best": ("match.match.contradiction",),
    "computed references": ("match.match.computed_evidence",),
    "unmixing": ("verdict.decide_mixture.unmix",),
    "wrong axis, room light": ("pipeline.identification.axis_off", "pipeline.identification.lamp_in"),
    "families": ("pipeline.identification.family_patterns",),
    "verdict rules": ("pipeline.identification.decide", "verdict.decide_mixture.with_mixture"),
    "row: to JSON and CSV": ("batch.task.row_of", "batch.task.cells", "batch.task.csv_text"),
}
"""Functions of each stage, by the module that calls them."""


@dataclass(slots=True, kw_only=True, eq=False)
class Watch:
    """Processor seconds of each stage, its own."""

    spent: dict[str, float] = field(default_factory=dict)
    inside: list[float] = field(default_factory=list)

    def around(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted."""

        def timed(*args: Any, **kwargs: Any) -> Any:
            self.inside.append(0.0)
            start = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                took = time.process_time() - start
                self.spent[stage] = self.spent.get(stage, 0.0) + took - self.inside.pop()
                if self.inside:
                    self.inside[-1] += took

        return timed


def lines(folder: Path) -> list[str]:
    """Rows of the table."""
    names = sorted(written(folder).iterdir())[: WARM + SPECTRA]
    sources = [Source(name=str(one)) for one in names]
    setup = Setup(library=None, request=Request(at=date(2026, 12, 1)), laser_nm=None, kind="csv")
    run_task(setup, sources[:WARM])
    whole = time.process_time()
    with _watched() as watch:
        run_task(setup, sources[WARM:])
    whole = time.process_time() - whole
    spent = {stage: watch.spent.get(stage, 0.0) for stage in STAGES}
    spent[REST] = whole - sum(spent.values())
    return [
        *(_row(stage, seconds, whole) for stage, seconds in spent.items()),
        _row("**all, file to row**", whole, whole),
    ]


def _row(stage: str, seconds: float, whole: float) -> str:
    each = seconds / SPECTRA
    return f"| {stage} | {each * 1e3:.2f} ms | {1.0 / max(each, 1e-9):,.0f} | {seconds / whole:.0%} |"


@contextmanager
def _watched() -> Iterator[Watch]:
    watch = Watch()
    with ExitStack() as stack:
        for stage, functions in STAGES.items():
            for function in functions:
                module, name = f"quayscan.{function}".rsplit(".", 1)
                place = importlib.import_module(module)
                stack.enter_context(patch.object(place, name, watch.around(stage, getattr(place, name))))
        yield watch
