"""How often a mixture, or what lies behind a wall, is named after something that is not there: the counts that ship.

Mixtures that the library lacks a part of: two measured spectra of one unit added, the identity group of the minor or of
the major one (in turn) left out of the library, the minor one at 5, 10, 20 and 35 % of the net band area, the highest
band 100 times the noise of a pixel. And contents behind a wall that was scanned empty, their group left out
(wall_trials). A trial is false where a named component belongs to the group of neither.

`host/quayscan/match/mixture/false_alarms.csv` ships the counts by sample, the missing substance on one instrument: its
trials are not independent, so that each sample counts once. `make null-scores` writes it anew.

    python -m tests.accuracy.mixture_null ../shared/data
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from quayscan.library import Library, default_library
from quayscan.match.identity import group_of
from quayscan.match.mixture import counted_rate

from . import mixture_trials, spectra
from .wall_trials import UNIT, wall_trials, walls_library

SHARES = (0.05, 0.10, 0.20, 0.35)
COUNT = 50
"""Trials at each share: in every second one the major component is left out."""

KINDS = {False: "spectra", True: "shipped"}
EVERY_WALL = 2
SEED = 1925
COLUMNS = ("rule", "library", "entries", "instrument", "substance", "trials", "false")
TABLE = Path(__file__).parents[2] / "host/quayscan/match/mixture/false_alarms.csv"

Row = Mapping[str, str | int]


@dataclass(frozen=True, kw_only=True)
class NullOutcome:
    """A trial whose `missing` substance the library lacks, and what was named that is not there."""

    instrument: str
    missing: str
    told: str
    absent: tuple[str, ...]


def mixture_null(data: Path, library: Library, *, count: int = COUNT, seed: int = SEED) -> Iterator[NullOutcome]:
    """Mixtures of two, one of which is not in the library."""
    parts, draw = mixture_trials.parts_of(data, library, ()), np.random.default_rng(seed)
    for share in SHARES:
        for at in range(count):
            major, minor = mixture_trials.pair_of(parts, draw)
            missing = (minor, major)[at % 2]
            sample = mixture_trials.mixed(major.spectrum, minor.spectrum, share, mixture_trials.NOISE, draw)
            verdict, _ = mixture_trials.judge(sample, spectra.without(library, group_of(missing.substance)))
            there = group_of(major.substance) | group_of(minor.substance)
            yield NullOutcome(
                instrument=major.instrument,
                missing=missing.substance,
                told=f"{share:.0%} {minor.label} in {major.label}: {verdict.verdict}",
                absent=tuple("/".join(sorted(one)) for one in mixture_trials.answers_of(verdict) if not one & there),
            )


def wall_null(data: Path) -> Iterator[NullOutcome]:
    """Contents that the library lacks, behind a wall that was scanned empty."""
    for one in wall_trials(data, held=False, every=EVERY_WALL):
        told = f"{one.contents} behind {one.share:.0%} {one.wall}: {one.kind}"
        yield NullOutcome(instrument=UNIT, missing=spectra.substance_of(one.contents), told=told, absent=one.wrong)


def rows_of(rule: str, kind: str, library: Library, outcomes: Iterable[NullOutcome]) -> Iterator[Row]:
    """One row a sample; wrong trials are printed."""
    entries = sum(one.grade != "computed" for one in library.references)
    trials, false = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for one in outcomes:
        sample = one.instrument, one.missing
        trials[sample] += 1
        false[sample] += bool(one.absent)
        if one.absent:
            print(rule, kind, one.instrument, one.told, "lacks", one.missing, *one.absent, flush=True)
    for sample in sorted(trials):
        cells = (rule, kind, entries, *sample, trials[sample], false[sample])
        yield dict(zip(COLUMNS, cells, strict=True))


def all_rows(data: Path) -> Iterator[Row]:
    for kind, library in (("spectra", spectra.library_785(data)), ("shipped", default_library())):
        yield from rows_of("mixture", kind, library, mixture_null(data, library))
    yield from rows_of("wall", "spectra", walls_library(data, polystyrene=False), wall_null(data))


def print_tables(data: Path) -> None:
    """The counts that ship, and what a verdict states after them; `data` is not read again."""
    print(
        f"named falsely where the library lacks a part (seed {SEED}; stated: by sample, see match/mixture/README.md):"
    )
    for rule, shipped in (("mixture", False), ("mixture", True), ("wall", False)):
        with TABLE.open(encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if (row["rule"], row["library"]) == (rule, KINDS[shipped])]
        false, trials = (sum(int(row[name]) for row in rows) for name in ("false", "trials"))
        counted = counted_rate(rule, shipped=shipped)  # type: ignore[arg-type]  # a rule
        print(
            f"  {rule:8s} {KINDS[shipped]:8s} {mixture_trials.bound_words(false, trials)}, {counted.n} samples of"
            f" {counted.substances} substances: stated {counted.rate(counted.entries):.1%}"
        )


def main() -> None:
    rows = list(all_rows(Path(sys.argv[1])))
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
