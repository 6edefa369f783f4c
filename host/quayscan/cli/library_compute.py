"""`quayscan library compute`: a reference from a structure, for a substance that nobody can measure yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import LibraryError, UsageError
from .library_make import Expires, finish, joined_to
from .options import AsJson
from .output import print_json

if TYPE_CHECKING:
    from quayscan_spectra import BandReference
    from quayscan_spectra.insilico import ComputedBands
    from quayscan_spectra.insilico.progress import OnProgress


def compute(
    what: Annotated[str, typer.Argument(metavar="SUBSTANCE|SMILES", help="A name, a CAS number, or a structure.")],
    library: Annotated[
        Path | None, typer.Option("--library", metavar="FILE", help="A library to add it to; made if missing.")
    ] = None,
    expires: Expires = "",
    as_json: AsJson = False,
) -> None:
    """Compute a substance's Raman bands from its structure. Minutes to hours; a stopped run goes on where it was.

    Needs the extra: pip install 'quayscan[compute]'.
    """
    from quayscan_spectra.computed_bands import fresh_bands

    with _progress(as_json) as on_progress:
        found = _computed(what, on_progress)
    table = fresh_bands(found)
    if library is None:
        _show(found, table, as_json)
        return
    from quayscan_spectra import synthesise

    from ..library import from_bands

    fresh = from_bands([table], synthesise, name=library.stem)
    finish(library, joined_to(library, fresh, expires), as_json)


def _computed(what: str, on_progress: OnProgress) -> ComputedBands:
    """The builder's answer, its refusals in this program's words."""
    from quayscan_spectra.insilico import BadStructure, ComputeError, MissingTool
    from quayscan_spectra.insilico import compute as from_structure

    try:
        return from_structure(what, on_progress=on_progress)
    except (BadStructure, MissingTool) as exc:
        raise UsageError(str(exc)) from exc
    except ComputeError as exc:
        raise LibraryError(f"{what} could not be computed: {exc}") from exc


@contextmanager
def _progress(as_json: bool) -> Iterator[OnProgress]:
    """A bar on stderr with the time left; nothing with --json."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from quayscan_spectra.insilico import Progress as Step

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[left]}"))
    with Progress(*columns, console=Console(stderr=True), disable=as_json) as bar:
        task = bar.add_task("preparing", total=None, left="")

        def show(step: Step) -> None:
            left = "" if step.seconds_left is None else f"about {step.seconds_left / 60:.0f} min left"
            bar.update(task, description=step.stage, completed=step.done, total=step.total, left=left)

        yield show


def _show(found: ComputedBands, table: BandReference, as_json: bool) -> None:
    bands = [(band.shift_cm1, band.height, band.position_sd_cm1) for band in found.bands]
    if as_json:
        print_json(
            {
                "substance": table.substance,
                "name": table.name,
                "grade": table.grade,
                "smiles": found.smiles,
                "source": table.source,
                "note": table.note,
                "bands": [
                    {"shift_cm1": round(at, 1), "height": round(height, 2), "position_sd_cm1": round(sd, 1)}
                    for at, height, sd in bands
                ],
            }
        )
        return
    typer.echo(f"{table.name}: {found.smiles}, {found.model}, {found.atoms} atoms\n{table.source}\n{table.note}")
    typer.echo("  shift/cm-1    height  sd/cm-1")
    for at, height, sd in bands:
        typer.echo(f"{at:12.1f} {height:9.2f} {sd:8.1f}")
