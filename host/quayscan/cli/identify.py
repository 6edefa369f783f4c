"""`quayscan identify`: what the spectra in files are."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError, UsageError
from .options import AsJson, At, FalseAlarmRate, Jurisdiction, LibraryFile, load_library, parse_request
from .output import complain, console, print_json
from .wall import WallFile, read_wall

if TYPE_CHECKING:
    from ..library import Library
    from ..pipeline import FileResult
    from ..record import RecordStore
    from ..spectrum import Spectrum


def identify(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATHS...",
            help="Spectrum files: CSV, JCAMP-DX, SPC, WDF, ...; with --out folders, patterns, archives too.",
        ),
    ],
    library: LibraryFile = None,
    jurisdiction: Jurisdiction = "",
    at: At = "",
    false_alarm: FalseAlarmRate = None,
    laser_nm: Annotated[
        float | None, typer.Option("--laser-nm", help="Excitation, for two-column files whose axis is in nm.")
    ] = None,
    declared: Annotated[
        str,
        typer.Option("--declared", metavar="GOODS", help="What the papers say: a name, CAS number or HS code."),
    ] = "",
    wall: WallFile = None,
    record: Annotated[bool, typer.Option("--record", help="Store a record of each file.")] = False,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write one row a file into a CSV file as well.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write all into one table: FILE.parquet, FILE.csv or FILE.jsonl."),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the --out of an interrupted run.")] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", metavar="N", help="Processes for --out. Default: one for each core.")
    ] = None,
    scheduler: Annotated[
        str,
        typer.Option("--scheduler", metavar="ADDRESS", help="Run --out on Dask: tcp://HOST:8786, or local."),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Say what the spectra in PATHS are and which controls apply. A bad file is reported and the rest are done."""
    from ..pipeline import identify_files
    from ..report.csv_rows import write_csv
    from ..report.verdict_row import COLUMNS, verdict_row

    request = replace(parse_request(jurisdiction, at, false_alarm), declared=declared, wall=read_wall(wall, laser_nm))
    if out is not None:
        _refuse_beside_out({"--record": record, "--csv": csv is not None, "--json": as_json})
        from .identify_batch import identify_batch

        raise typer.Exit(
            identify_batch(
                files,
                out,
                request=request,
                library=library,
                laser_nm=laser_nm,
                resume=resume,
                jobs=jobs,
                scheduler=scheduler,
            )
        )
    _refuse_without_out({"--resume": resume, "--jobs": jobs is not None, "--scheduler": bool(scheduler)})
    chosen = load_library(library)
    rows = []
    with ExitStack() as stack:
        store = _store(stack) if record else None
        for result in identify_files(files, chosen, request=request, laser_nm=laser_nm):
            rows.append(verdict_row(result.verdict, file=result.file, error=result.error or ""))
            _print(result, chosen, store, as_json, alone=len(files) == 1, wall=request.wall)
    if csv is not None:
        write_csv(csv, COLUMNS, rows)
    if any(row["error"] for row in rows):
        raise typer.Exit(InputError.exit_code)


def _refuse_beside_out(given: Mapping[str, bool]) -> None:
    for option, there in given.items():
        if there:
            raise UsageError(f"{option} and --out do not go together: leave {option} out, --out holds all there is")


def _refuse_without_out(given: Mapping[str, bool]) -> None:
    for option, there in given.items():
        if there:
            raise UsageError(f"{option} needs --out FILE")


def _store(stack: ExitStack) -> RecordStore:
    from ..record import RecordStore, records_path

    return stack.enter_context(RecordStore(records_path()))


def _print(
    result: FileResult,
    library: Library,
    store: RecordStore | None,
    as_json: bool,
    *,
    alone: bool,
    wall: Spectrum | None,
) -> None:
    from ..report import error_json, verdict_json

    if result.verdict is None or result.spectrum is None:
        complain(result.error or "")
        if as_json:
            print_json(error_json(result.error or "", file=result.file))
        return
    record = None
    if store is not None:
        from ..pipeline import keep

        record = keep(store, "identify", verdict_json(result.verdict, file=result.file), result.spectrum, wall=wall)
    if as_json:
        print_json(verdict_json(result.verdict, file=result.file, record=record))
    elif alone:
        from ..report.terminal import show_verdict

        show_verdict(console(), result.verdict, result.spectrum, library, title=result.file)
    else:
        names = " | ".join(one.name for one in result.verdict.candidates if one.named)
        papers = "" if result.verdict.declared is None else f"{result.verdict.declared.answer.value:<15} "
        typer.echo(
            f"{papers}{result.verdict.action.value:<20} {result.verdict.verdict.value:<11} {names:<32} {result.file}"
        )
