"""Closed set, open set, and whether the stated rate is kept, one instrument left out at a time.

Right: the first candidate belongs to the identity group of what the file says. Named: the verdict's names, their
threshold taken from the pool without the instrument that is scored. False: anything is named although the library lacks
the substance (off-library files, mixtures, and every file once more with its own group left out).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from quayscan.library import Library
from quayscan.match import Calibration, MatchOptions, MatchResult
from quayscan.match.conformal import FAINT_CHI, NullScores, pool_of
from quayscan.match.identity import group_of
from quayscan.verdict import VerdictKind
from quayscan.verdict.naming import best_per_substance, named_evidence

from . import spectra
from .bounds import clopper_pearson, stated
from .null_scores import TABLE

NEAR_INFRARED = ("785nm", "830nm")
LASERS = (*NEAR_INFRARED, "633nm", "532nm")
RATES = (0.01, 0.05, 0.20)
SEED = 20261125
DRAWS = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome:
    """One comparison. `truth` is the group that the library holds, empty for a false trial."""

    trial: spectra.Trial
    truth: frozenset[str]
    result: MatchResult
    entries: int
    kind: str

    @property
    def adequate(self) -> bool:
        return spectra.adequate(self.result)

    @property
    def score(self) -> float:
        return self.result.evidence[0].score

    @property
    def right_first(self) -> bool:
        return self.result.evidence[0].substance in self.truth


@cache
def outcomes(data: Path, library: Library) -> tuple[Outcome, ...]:
    """Every file against the library, and every file that it holds once more with its group left out."""
    return tuple(_outcomes(data, library))


def _outcomes(data: Path, library: Library) -> Iterator[Outcome]:
    for trial in spectra.trials(data):
        held = bool(trial.substance) and spectra.holds(library, trial.substance)
        truth = group_of(trial.substance) if held else frozenset()
        yield _compared(trial, library, truth)
        if held:
            yield _compared(trial, spectra.without(library, truth), frozenset())


def _compared(trial: spectra.Trial, library: Library, truth: frozenset[str]) -> Outcome:
    entries = sum(one.grade != "computed" for one in library.references)
    kind = "shipped" if library.seal.shipped else "spectra"
    return Outcome(trial=trial, truth=truth, result=spectra.compare(trial, library), entries=entries, kind=kind)


def random_groups_out(data: Path, library: Library) -> Iterator[Outcome]:
    """Every file that the library holds, its own group and a random half of the others left out; three draws each."""
    draw = np.random.default_rng(SEED)
    substances = sorted({one.substance for one in library.references})
    for trial in spectra.trials(data):
        if not trial.substance or not spectra.holds(library, trial.substance):
            continue
        for _ in range(DRAWS):
            out = {name for name in substances if draw.random() < 0.5} | group_of(trial.substance)
            rows = np.array([at for at, one in enumerate(library.references) if one.substance not in out])
            yield _compared(trial, spectra.rows_of(library, rows), frozenset())


@cache
def pool(kind: str, instrument: str, faint: bool) -> NullScores:
    """The shipped pool of wrong scores less one instrument; `kind` is "spectra" or "shipped"."""
    mine = [row for row in table() if (row["channel"], row["library"]) == ("measured", kind)]
    return pool_of([row for row in mine if row["instrument"] != instrument], faint=faint)


@cache
def table() -> tuple[dict[str, str], ...]:
    """The rows of the pools that ship."""
    with TABLE.open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def calibration(one: Outcome) -> Calibration:
    """The pool for one comparison, without its instrument."""
    null = pool(one.kind, one.trial.instrument, one.result.background_chi < FAINT_CHI)
    return Calibration(null=null, entries=one.entries)


def named(one: Outcome, rate: float = 0.01) -> frozenset[str]:
    """What the verdict would name; nothing where the data is not adequate."""
    _, found = named_evidence(best_per_substance(one.result), MatchOptions(rate=rate), group_of, calibration(one))
    return frozenset(evidence.substance for evidence in found) if one.adequate else frozenset()


def named_rightly(one: Outcome, rate: float = 0.01) -> bool:
    """MATCH, or a set of at most three with the truth inside."""
    found = named(one, rate)
    return bool(found & one.truth) and (len(found) <= 3 or found <= one.truth)


def kind_of(one: Outcome, rate: float = 0.01) -> VerdictKind:
    found, _ = named_evidence(best_per_substance(one.result), MatchOptions(rate=rate), group_of, calibration(one))
    return found if one.adequate else VerdictKind.INADEQUATE


def closed_set(those: Sequence[Outcome]) -> str:
    """Markdown table by laser."""
    head = ("laser", "queries", "refused", "right first", "named rightly", "false trials", "named falsely")
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for laser in LASERS:
        mine = [one for one in those if one.trial.laser == laser]
        on, off = [one for one in mine if one.truth], [one for one in mine if not one.truth]
        good = [one for one in on if one.adequate]
        cells = (
            laser,
            str(len(on)),
            str(len(on) - len(good)),
            f"{sum(one.right_first for one in good)}/{len(good)}",
            str(sum(named_rightly(one) for one in good)),
            str(len(off)),
            stated(sum(bool(named(one)) for one in off), len(off)),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def false_names(those: Sequence[Outcome]) -> list[tuple[Outcome, frozenset[str]]]:
    """The false trials in which something is named, the instrument left out of the pool."""
    found = [(one, named(one)) for one in those if not one.truth]
    return [(one, names) for one, names in found if names]


def rate_kept(those: Sequence[Outcome]) -> str:
    """Markdown table: the rate observed on each instrument, left out of the pool, with its exact 95 % interval."""
    lines = ["| instrument | " + " | ".join(f"nominal {rate:.0%}" for rate in RATES) + " |", "|" + "---|" * 4]
    for instrument in sorted({one.trial.instrument for one in those}):
        mine = [one for one in those if one.trial.instrument == instrument and not one.truth and one.adequate]
        cells = []
        for rate in RATES:
            hits, (low, high) = significant(mine, rate)
            inside = "inside" if low <= rate <= high else "OUTSIDE"
            cells.append(f"{hits}/{len(mine)}, {low:.1%} to {high:.1%}, {inside}")
        lines.append(f"| {instrument} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def significant(those: Sequence[Outcome], rate: float) -> tuple[int, tuple[float, float]]:
    """How many of the false trials have a p-value of at most the rate, and the exact 95 % interval of their share."""
    hits = sum(calibration(one).p_value(one.score) <= rate for one in those)
    return hits, clopper_pearson(hits, len(those))
