"""`quayscan library search`: the references that are most like a spectrum, in a library of any size."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import InputError, SpectrumError, UsageError
from .options import AsJson
from .output import complain, print_json

if TYPE_CHECKING:
    from ..library import Library
    from ..match.best import Best
    from ..match.search import InPlace


def search(
    library: Annotated[Path, typer.Argument(metavar="LIBRARY", help="A .qlib file; it is searched where it is.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILES...", help="Spectrum files.")],
    top: Annotated[int, typer.Option("--top", metavar="N", help="References of each spectrum.")] = 10,
    laser_nm: Annotated[
        float | None, typer.Option("--laser-nm", help="Excitation, for two-column files whose axis is in nm.")
    ] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Go on until all that is listed is proven; slow where little resembles it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the references most like each spectrum, by the cosine of the bands, and say how much of the list is proven.

    Proven is that no other entry is more alike. A likeness is no identification.
    """
    from ..library import open_library

    if top < 1:
        raise UsageError(f"--top {top}: give 1 or more")
    opened = open_library(library)
    references = _opened(opened)
    bad = False
    for file in files:
        try:
            _print(_hits(file, opened, _best(file, references, top, laser_nm, exact=exact)), as_json)
        except InputError as exc:
            complain(str(exc))
            bad = True
    if bad:
        raise typer.Exit(InputError.exit_code)


def _opened(library: Library) -> InPlace:
    from ..library import RAMAN
    from ..match.search import in_place, left_out

    if library.axis != RAMAN:
        raise UsageError(f"library {library.name} is near-infrared, and this is done with Raman spectra only")
    if narrow := left_out(library):
        complain(f"{narrow:,} of {len(library):,} entries lack a part of 400-1800 cm-1 and are not searched")
    return in_place(library)


def _print(hits: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        for hit in hits:
            print_json(hit)
        return
    for hit in hits:
        typer.echo(
            f"{hit['rank']:>3}  {hit['cosine']:.4f}  {hit['shift_cm1']:+3.0f} cm-1  {hit['name']}  ({hit['file']})"
        )
    typer.echo(f"     {_how_sure(sum(hit['proven'] for hit in hits), len(hits), hits[0]['ceiling'])}")


def _how_sure(proven: int, listed: int, ceiling: float | None) -> str:
    """What is known of the entries that were passed over, in a sentence."""
    if ceiling is None:
        return "proven: every entry was compared"
    missed = f"an entry that was passed over has {math.ceil(ceiling * 1e4) / 1e4:.4f} at most"
    if proven == listed:
        return f"proven: no other entry comes before these; {missed}"
    if proven:
        return f"proven: rank 1{f' to {proven}' if proven > 1 else ''}; {missed} (--exact proves the rest)"
    return f"not proven: {missed} (--exact makes sure)"


def _best(file: Path, references: InPlace, top: int, laser_nm: float | None, *, exact: bool) -> Best:
    from ..formats import read_spectrum
    from ..match.search import search as search_in
    from ..pipeline.one_thread import one_thread
    from ..preprocess import prepare
    from ..preprocess.grid import MAX_SHIFT_STEPS, WINDOW

    features = prepare(read_spectrum(file, laser_nm=laser_nm))
    if not features.mask[WINDOW.start - MAX_SHIFT_STEPS : WINDOW.stop + MAX_SHIFT_STEPS].all():
        raise SpectrumError(f"{file}: does not cover 392-1808 cm-1, over which a large library is searched")
    with one_thread():
        return search_in(features.values[None], references, top=top, exact=exact)


def _hits(file: Path, library: Library, found: Best) -> list[dict[str, Any]]:
    from ..match.best import ALL_COMPARED
    from ..preprocess.grid import STEP_CM1

    proven, ceiling = int(found.proven[0]), float(found.ceiling[0])
    return [
        {
            "file": str(file),
            "rank": rank,
            "entry": int(row),
            "substance": library.references[int(row)].substance,
            "name": library.references[int(row)].name,
            "grade": library.references[int(row)].grade,
            "cosine": float(cosine),
            "shift_cm1": STEP_CM1 * int(steps),
            "proven": rank <= proven,
            "ceiling": None if ceiling == ALL_COMPARED else ceiling,
        }
        for rank, (row, cosine, steps) in enumerate(
            zip(found.rows[0], found.cosine[0], found.steps[0], strict=True), start=1
        )
    ]
