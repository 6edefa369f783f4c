"""`quayscan library`: list, show and build reference libraries."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import InputError, UsageError
from .options import AsJson, At, LibraryFile, load_library, parse_date
from .output import complain, print_json

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


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
def show(substance: str, library: LibraryFile = None, as_json: AsJson = False) -> None:
    """The entries of one SUBSTANCE: grade and provenance."""
    chosen = load_library(library)
    wanted = {substance.lower(), _resolved(substance)}
    found = [one for one in chosen.references if one.substance in wanted or one.name == substance]
    if not found:
        raise UsageError(f"{chosen.name} has no entry for {substance!r}: `quayscan library list` shows what it has")
    for reference in found:
        fields: dict[str, Any] = {
            "substance": reference.substance,
            "name": reference.name,
            "grade": reference.grade,
            "provenance": dict(reference.provenance),
        }
        if as_json:
            print_json(fields)
        else:
            typer.echo(f"{reference.name} ({reference.substance}), {reference.grade}")
            for key, value in reference.provenance.items():
                typer.echo(f"  {key:<12} {value}")


@app.command()
def build(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of spectra; file name = substance.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The library file to write.")],
    name: Annotated[str, typer.Option("--name", help="What verdicts call it. Default: the folder's name.")] = "",
    as_json: AsJson = False,
) -> None:
    """Build a library file from a folder of spectra. A bad file is reported and left out."""
    from ..curate import build_library
    from ..library import write_library

    built, skipped = build_library(folder, name=name)
    write_library(out, built)
    for one in skipped:
        complain(one.error)
    fields = {"file": str(out), "entries": len(built), "skipped": len(skipped), "sha256": built.sha256}
    if as_json:
        print_json(fields)
    else:
        typer.echo(f"{out}: {len(built)} entries, {len(skipped)} files left out, sha256 {built.sha256}")
    if skipped:
        raise typer.Exit(InputError.exit_code)


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
