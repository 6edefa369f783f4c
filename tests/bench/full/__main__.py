"""Run chosen parts, or all: `python -m tests.bench.full FOLDER [many million files growth]`; FOLDER needs 10 GB."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path

from . import files, growth, many, million

PAGE = Path(__file__).parent.parent / "RESULTS.md"
PICTURE = PAGE.with_name("growth.png")
HEAD = ("| what | measured | limit |", "|---|---|---|")
GROWTH_HEAD = ("| against | ours | bare product | ratio |", "|---|---|---|---|")
PARTS = ("many", "million", "files", "growth")


def main() -> None:
    """Measure the parts asked for and write the page of all that were measured in this folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "figures.json"
    figures = json.loads(kept.read_text()) if kept.exists() else {}
    for part in sys.argv[2:] or PARTS:
        found = {
            "many": many.lines,
            "million": lambda: million.lines(folder),
            "files": lambda: files.lines(folder),
            "growth": lambda: growth.lines(PICTURE),
        }[part]()
        figures[part] = [f"{date.today()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}", *found]
        print("\n".join(figures[part]))
        kept.write_text(json.dumps(figures))
    PAGE.write_text(_page(figures))


def _page(figures: dict[str, list[str]]) -> str:
    text = [
        "# Batch at its full sizes",
        "",
        "`make season` measures it anew. Ratios are of one run, taken in turn.",
        "",
    ]
    for part in PARTS:
        if part in figures:
            when, *rows = figures[part]
            text += [f"## {part.capitalize()} ({when})", "", *(GROWTH_HEAD if part == "growth" else HEAD), *rows, ""]
    if "growth" in figures:
        text += ["![cost against spectra and references](growth.png)", ""]
    return "\n".join(text)


main()
