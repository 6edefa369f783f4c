"""`quayscan library`: what reference libraries hold; `library_make` makes them, `library_check` vouches for them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from . import library_acquire, library_check, library_compute, library_confusions, library_make, library_search
from .options import AsJson, At, LibraryFile, load_library, parse_date
from .output import print_json

if TYPE_CHECKING:
    from ..library import Reference

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.command()(library_make.build)
app.command()(library_make.add)
app.command()(library_make.merge)
app.command()(library_acquire.acquire)
app.command()(library_compute.compute)
app.command()(library_make.transfer)
app.command()(library_check.verify)
app.command()(library_check.sign)
app.command()(library_check.trust)
app.command()(library_check.export)
app.command()(library_confusions.confusions)
app.command()(library_search.search)


@app.command("list")
def list_(library: LibraryFile = None, as_json: AsJson = False) -> None:
    """Every entry: substance, title, grade."""
    chosen = load_library(library)
    for reference in chosen.references:
        if as_json:
            print_json({"substance": reference.substance, "name": reference.name, "grade": reference.grade})
        else:
            typer.echo(f"{reference.substance:<32} {reference.grade:<10} {reference.name}")
    if not as_json:
        typer.echo(f"{len(chosen)} entries in {chosen.name}, sha256 {chosen.sha256}", err=True)


@app.command()
def show(
    substance: Annotated[str, typer.Argument(metavar="[SUBSTANCE]", help="Default: the library as a whole.")] = "",
    library: LibraryFile = None,
    as_json: AsJson = False,
) -> None:
    """The entries of one SUBSTANCE with grade and provenance, or the library's version, dates, signer and doubts."""
    chosen = load_library(library)
    if not substance:
        from .library_show import show_whole

        show_whole(chosen, as_json)
        return
    wanted = {substance.lower(), _resolved(substance)}
    found = [one for one in chosen.references if one.substance in wanted or one.name == substance]
    if not found:
        raise UsageError(f"{chosen.name} has no entry for {substance!r}: `quayscan library list` shows what it has")
    for reference in found:
        _show_entry(reference, as_json)


def _show_entry(reference: Reference, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "substance": reference.substance,
                "name": reference.name,
                "grade": reference.grade,
                "provenance": dict(reference.provenance),
            }
        )
        return
    typer.echo(f"{reference.name} ({reference.substance}), {reference.grade}")
    for key, value in reference.provenance.items():
        typer.echo(f"  {key:<12} {value}")


@app.command()
def coverage(at: At = "", as_json: AsJson = False) -> None:
    """Every scheduled substance: grade of its reference, or why there is none, and the regimes that control it."""
    from collections import Counter

    import quayscan_spectra

    rows = quayscan_spectra.coverage(parse_date(at))
    for row in rows:
        if as_json:
            print_json(asdict(row))
        else:
            typer.echo(f"{row.substance:<34} {row.grade:<10} {','.join(row.regimes):<28} {row.reason}")
    if not as_json:
        count = Counter(row.grade for row in rows)
        said = ", ".join(f"{number} {grade}" for grade, number in sorted(count.items()))
        typer.echo(f"{len(rows)} scheduled substances: {said}", err=True)


def _resolved(name: str) -> str:
    import quayscan_spectra

    try:
        return quayscan_spectra.resolve(name)
    except (quayscan_spectra.UnknownSubstance, quayscan_spectra.AmbiguousName):
        return name.lower()
