"""`quayscan library confusions`: which references an instrument cannot tell apart."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from .options import AsJson, LibraryFile, load_library
from .output import complain, console, is_terminal, print_json

if TYPE_CHECKING:
    from ..curate.confusions import ConfusionMap, Instrument
    from ..library import Library


def confusions(
    library: LibraryFile = None,
    snr: Annotated[float, typer.Option("--snr", metavar="N", help="Strongest band over the noise of a point.")] = 100.0,
    resolution: Annotated[
        float, typer.Option("--resolution", metavar="CM1", help="Width of a sharp line; under 8 changes nothing.")
    ] = 8.0,
    covered: Annotated[
        str, typer.Option("--range", metavar="LOW-HIGH", help="What the instrument covers, in cm-1.")
    ] = "400-1800",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Draw the matrix into a .png or .svg file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Let every reference be the sample and say which others this instrument cannot tell from it."""
    from ..curate.confusions import Instrument, confusion_map

    low, high = _bounds(covered)
    instrument = Instrument(snr=snr, resolution_cm1=resolution, low_cm1=low, high_cm1=high)
    chosen = load_library(library)
    found = confusion_map(chosen, instrument, on_progress=_progress)
    title = _title(chosen, instrument)
    if out is not None:
        from ..report.confusion_chart import write_confusion_chart

        write_confusion_chart(out, found.substances, found.lead, found.margin, title=title)
    if as_json:
        _print_json(found, instrument)
    else:
        _print_table(found, title)
    if out is not None:
        typer.echo(f"drawn into {out}", err=True)


def _bounds(text: str) -> tuple[float, float]:
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)\s*", text)
    if not found:
        raise UsageError(f"--range {text}: write it as 400-1800")
    return float(found[1]), float(found[2])


def _progress(done: int, total: int) -> None:
    if is_terminal():
        typer.echo(f"\r{done} of {total} references" + ("\n" if done == total else ""), err=True, nl=False)


def _title(library: Library, instrument: Instrument) -> str:
    return (
        f"{library.name}: signal to noise {instrument.snr:g}, resolution {instrument.resolution_cm1:g} cm-1,"
        f" {instrument.low_cm1:g}-{instrument.high_cm1:g} cm-1"
    )


def _print_json(found: ConfusionMap, instrument: Instrument) -> None:
    for one in found.confusions:
        print_json({**asdict(one), "lead": round(one.lead, 3), "share": round(one.share, 3)})
    summary = {"substances": len(found.substances), "pairs": len(found.confusions), "unseen": list(found.unseen)}
    print_json({**summary, "left_out": found.left_out, "margin": found.margin, "instrument": asdict(instrument)})


def _print_table(found: ConfusionMap, title: str) -> None:
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=None, padding=(0, 2, 0, 0))
    for name in ("sample", "not told from"):
        table.add_column(name)
    for name in ("lead", "of draws"):
        table.add_column(name, justify="right")
    for one in found.confusions:
        table.add_row(one.sample, one.other, f"{one.lead:.2f}", f"{one.share:.0%}")
    console().print(table)
    samples = {one.sample for one in found.confusions}
    typer.echo(
        f"{len(found.substances)} substances: {len(samples)} of them cannot be told from another one"
        f" (lead under {found.margin:g} in at least one of three draws; identity groups count as one)"
    )
    if found.unseen:
        typer.echo(f"no bands seen of: {', '.join(found.unseen)}")
    if found.left_out:
        complain(f"{found.left_out} computed references are left out: they are compared otherwise")
