"""The work of one process: some sources in, their encoded rows out, the same wherever it runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from ..errors import FileFormatError, QuayscanError
from ..formats import parse_spectrum
from ..formats.text import read_bytes
from ..library import Library
from ..pipeline import FileResult, Request, identify
from .row import cells, compact, row_of
from .source import Source

Kind = Literal["csv", "jsonl", "parquet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What every task of a run shares.

    Attributes
    ----------
    library : what to compare with; None for the one that is shipped for a spectrum's technique.
    request : what is asked about every spectrum. laser_nm : for files whose axis is in nm.
    kind : how rows are encoded.
    """

    library: Library | None
    request: Request
    laser_nm: float | None
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a task: its rows, encoded for the output, how many, and how many of them are errors.

    `rows` is text for CSV and JSON lines, and a list of cells for Parquet.
    """

    rows: Any
    count: int
    errors: int


def run_task(setup: Setup, sources: Sequence[Source]) -> Done:
    """Verdicts of some sources, in order. A bad file is a row with its error."""
    results = [_result(setup, source) for source in sources]
    rows = [row_of(one) for one in results]
    encoded: Any
    if setup.kind == "jsonl":
        encoded = "".join(f"{compact(one)}\n" for one in rows)
    elif setup.kind == "csv":
        encoded = csv_text([cells(one) for one in rows])
    else:
        encoded = [cells(one) for one in rows]
    return Done(rows=encoded, count=len(rows), errors=sum(one.verdict is None for one in results))


def csv_text(rows: Sequence[Sequence[Any]]) -> str:
    """Rows as CSV, LF at their ends; several values of a cell are joined by " | "."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [" | ".join(one) if isinstance(one, list) else one for one in row] for row in rows
    )
    return text.getvalue()


def _result(setup: Setup, source: Source) -> FileResult:
    try:
        if source.error:
            raise FileFormatError(source.error)
        path = Path(source.name)
        data = read_bytes(path) if source.data is None else source.data
        spectrum = parse_spectrum(path, data, laser_nm=setup.laser_nm)
        return FileResult(
            file=source.name, spectrum=spectrum, verdict=identify(spectrum, setup.library, request=setup.request)
        )
    except QuayscanError as exc:
        return FileResult(file=source.name, error=str(exc))
    except np.linalg.LinAlgError as exc:
        return FileResult(file=source.name, error=f"{source.name}: cannot be computed with ({exc}): look at its values")
