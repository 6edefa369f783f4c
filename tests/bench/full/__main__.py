"""Run all parts or chosen ones: `python -m tests.bench.full FOLDER [many million files stages growth]`; takes 10 GB."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from . import files, growth, many, million, stages
from .page import section, with_sections

PAGE = Path(__file__).parent.parent / "RESULTS.md"
PICTURE = PAGE.with_name("growth.png")
HEAD = ("| what | measured | limit |", "|---|---|---|")
PARTS = ("many", "million", "files", "stages", "growth")


def main() -> None:
    """Measure the parts asked for; the page keeps the others as they are."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for part in sys.argv[2:] or PARTS:
        load = os.getloadavg()[0]
        rows = _rows(part, folder)
        below = "![cost against spectra and references](growth.png)" if part == "growth" else ""
        measured = section(part, f"{date.today()}, {os.cpu_count()} cores, load {load:.0f}", rows, below)
        print(measured)
        PAGE.write_text(with_sections(PAGE.read_text(), {part: measured}, PARTS))


def _rows(part: str, folder: Path) -> list[str]:
    if part == "many":
        return [*HEAD, *many.lines()]
    if part == "million":
        return [*HEAD, *million.lines(folder)]
    if part == "files":
        return [*HEAD, *files.lines(folder)]
    if part == "stages":
        return [*stages.HEAD, *stages.lines(folder)]
    return [*growth.HEAD, *growth.lines(PICTURE)]


main()
