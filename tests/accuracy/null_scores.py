"""The pools of wrong scores that host/quayscan/match/null_scores.csv ships; `make null-scores` writes it anew.

Every real spectrum of the development data that passes the quality gate is compared with a library that does not hold
its substance: the best score is wrong. The table is a fact about these spectra and this recipe; a test compares it.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import quayscan_spectra
from quayscan.library import Library, default_library, from_bands
from quayscan.match.conformal import FAINT_CHI
from quayscan.match.identity import group_of
from quayscan_spectra.computed_bands import as_bands
from quayscan_spectra.insilico import computed_references
from quayscan_spectra.table_rows import table_rows

from . import spectra

COLUMNS = ("channel", "library", "entries", "instrument", "label", "substance", "noise", "left_out", "chi", "score")
TABLE = Path(__file__).parents[2] / "host/quayscan/match/null_scores.csv"

Row = Mapping[str, str]


def validation_library() -> Library:
    """The shipped measured and published references, and every computed molecule beside them."""
    rows = {row["id"]: row for row in table_rows("computed")}
    tables = (*quayscan_spectra.references(), *(as_bands(one, rows[one.id]) for one in computed_references()))
    drawn = from_bands(tables, quayscan_spectra.synthesise, name="validation")
    return replace(drawn, seal=default_library().seal)


def _left_out(trial: spectra.Trial, library: Library) -> frozenset[str]:
    return group_of(trial.substance) if trial.substance and spectra.holds(library, trial.substance) else frozenset()


def _row(
    channel: str, kind: str, entries: int, trial: spectra.Trial, out: frozenset[str], chi: float, score: float
) -> Row:
    what = (
        channel,
        kind,
        str(entries),
        trial.instrument,
        trial.label,
        trial.substance or trial.label.lower(),
        trial.noise,
        min(out, default=""),
    )
    return dict(zip(COLUMNS, (*what, f"{chi:.2f}", f"{score:.6f}"), strict=True))


def measured_rows(data: Path, kind: str, library: Library) -> Iterator[Row]:
    """Best scores of measured and published references that are wrong."""
    entries = sum(one.grade != "computed" for one in library.references)
    for trial in (*spectra.trials(data), *spectra.faint_trials(data)):
        out = _left_out(trial, library)
        result = spectra.compare(trial, spectra.without(library, out) if out else library)
        faint = result.background_chi < FAINT_CHI
        if spectra.adequate(result) and (faint or not trial.noise):
            yield _row("measured", kind, entries, trial, out, result.background_chi, result.evidence[0].score)


def computed_rows(data: Path) -> Iterator[Row]:
    """Best scores of computed references that are wrong: those of what the sample holds do not count."""
    library = validation_library()
    entries = sum(one.grade == "computed" for one in library.references)
    for trial in spectra.trials(data):
        result = spectra.compare(trial, library)
        inside = spectra.MIXED.get(trial.label.lower(), (trial.substance,))
        own = frozenset(member for substance in inside for member in group_of(substance))
        wrong = [one.score for one in result.computed if one.substance not in own]
        if spectra.adequate(result):
            yield _row("computed", "shipped", entries, trial, own, result.background_chi, max(wrong))


def all_rows(data: Path) -> Iterator[Row]:
    yield from measured_rows(data, "spectra", spectra.library_785(data))
    yield from measured_rows(data, "shipped", default_library())
    yield from computed_rows(data)


def main() -> None:
    data = Path(sys.argv[1])
    rows = list(all_rows(data))
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
