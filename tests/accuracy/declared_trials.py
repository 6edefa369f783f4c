"""Declared goods, one instrument left out: true declarations refused, false ones accepted.

    python -m tests.accuracy.declared_trials DATA           prints the tables
    python -m tests.accuracy.declared_trials DATA --write   writes host/quayscan/match/declared_scores.csv anew

The library is library-785, of one instrument; every file of every other instrument is a query. Each is declared as what
it is, and as every other substance of the library outside its identity group. The standard (threshold, and the pool of
true scores) never saw the instrument that is scored.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from quayscan.library import Library
from quayscan.match import MatchOptions, judge, match
from quayscan.match.declared import DeclaredStandard, faint, shipped_trials, standard_of
from quayscan.match.identity import group_of
from quayscan.match.mixture import MixtureOptions
from quayscan.verdict import DeclaredAnswer, DeclaredGoods, Verdict, decide, decide_declared
from quayscan.verdict.decide_mixture import decide_mixture

from . import spectra
from .bounds import at_least, stated

TABLE = Path(__file__).parents[2] / "host/quayscan/match/declared_scores.csv"
COLUMNS = ("instrument", "label", "declared", "truth", "score")
SCORED = "785nm"
AT = date(2026, 11, 25)


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """One declaration of one file, whether it was true, and the answer."""

    instrument: str
    label: str
    declared: str
    true: bool
    answer: DeclaredAnswer
    bands: int


def score_rows(data: Path) -> Iterator[Mapping[str, str]]:
    """Scores of every true declaration, and of each file the best false one; faint spectra set no standard."""
    library = spectra.library_785(data)
    rows = range(len(library))
    for trial in spectra.trials(data):
        if faint(trial.features):
            continue
        own = group_of(trial.substance) if trial.substance else frozenset()
        evidence = judge(trial.features, library, rows)
        for truth in (True, False):
            best = next((one for one in evidence if (one.substance in own) == truth), None)
            if best is not None:
                yes = "yes" if truth else "no"
                values = (trial.instrument, trial.label, best.substance, yes, f"{best.score:.6f}")
                yield dict(zip(COLUMNS, values, strict=True))


@cache
def standard_without(instrument: str) -> DeclaredStandard:
    """The standard that the other instruments set."""
    return standard_of([row for row in shipped_trials() if row["instrument"] != instrument])


def single_verdict(trial: spectra.Trial, library: Library) -> Verdict:
    """What single substances say: mixtures are not looked for, which takes ten times as long."""
    result = match(trial.features, library)
    return decide(result, library=library, jurisdictions=("UN88",), at=AT, recipe="trial")


def verdict_of(trial: spectra.Trial, library: Library) -> Verdict:
    """The verdict as the pipeline makes it."""
    result = match(trial.features, library)
    single = decide(result, library=library, jurisdictions=("UN88",), at=AT, recipe="trial")
    return decide_mixture(
        trial.features, result, single, library=library, options=MixtureOptions(), single=MatchOptions()
    )


@cache
def declarations(data: Path, laser: str = SCORED) -> tuple[Declaration, ...]:
    """Every true and false declaration of every file at one laser that the library holds."""
    return tuple(tried(data, spectra.library_785(data), laser))


def tried(
    data: Path,
    library: Library,
    laser: str,
    *,
    every: int = 1,
    judged: Callable[[spectra.Trial, Library], Verdict] = verdict_of,
) -> Iterator[Declaration]:
    """The true declaration of every file at a laser, and every so-manieth false one, beside the verdict."""
    for trial in spectra.trials(data):
        if trial.laser != laser or not trial.substance or not spectra.holds(library, trial.substance):
            continue
        verdict = judged(trial, library)
        own = group_of(trial.substance)
        others = {group_of(one.substance) for one in library.references} - {own}
        yield _declaration(trial, verdict, library, trial.substance, True)
        for group in sorted(others, key=sorted)[::every]:
            yield _declaration(trial, verdict, library, min(group), False)


def _declaration(trial: spectra.Trial, verdict: Verdict, library: Library, substance: str, true: bool) -> Declaration:
    goods = DeclaredGoods(text=substance, names={substance: substance})
    standard = standard_without(trial.instrument)
    declared = decide_declared(trial.features, goods, verdict, library=library, standard=standard)
    return Declaration(
        instrument=trial.instrument,
        label=trial.label,
        declared=substance,
        true=true,
        answer=declared.answer,
        bands=len(declared.only_spectrum) + len(declared.only_reference),
    )


def alone(data: Path, laser: str = SCORED) -> Iterator[tuple[str, str, str]]:
    """False declarations accepted when the library does not hold what the sample is: file, declared, answer."""
    whole = spectra.library_785(data)
    for trial in spectra.trials(data):
        if trial.laser != laser:
            continue
        own = group_of(trial.substance) if trial.substance else frozenset()
        library = spectra.without(whole, own) if own else whole
        verdict = verdict_of(trial, library)
        inside = {member for one in spectra.MIXED.get(trial.label.lower(), ()) for member in group_of(one)}
        for substance in sorted({one.substance for one in library.references} - own):
            answer = _declaration(trial, verdict, library, substance, substance in inside).answer
            yield trial.label, substance, answer.value


def print_tables(data: Path) -> None:
    for laser in (SCORED, "830nm", "633nm", "532nm"):
        rows = declarations(data, laser)
        for instrument in sorted({row.instrument for row in rows}):
            _print_counts(instrument, [row for row in rows if row.instrument == instrument])
        if laser == SCORED:
            _print_counts("all at 785 nm", rows)
            _print_untold(rows)
    print("\nthe sample's own substance not in the library, 785 nm:")
    left = list(alone(data))
    print("  accepted", stated(sum(answer == "CONSISTENT" for _, _, answer in left), len(left)))
    print("  ", sorted({row for row in left if row[2] != "NOT_CONSISTENT"})[:40])


def _print_counts(title: str, rows: Sequence[Declaration]) -> None:
    true, false = ([row for row in rows if row.true == truth] for truth in (True, False))
    counts = Counter(row.answer for row in true)
    refused, doubtful = counts[DeclaredAnswer.NOT_CONSISTENT], counts[DeclaredAnswer.CANNOT_TELL]
    accepted = [row for row in false if row.answer is DeclaredAnswer.CONSISTENT]
    silent = [row for row in false if row.answer is DeclaredAnswer.NOT_CONSISTENT and not row.bands]
    print(f"{title:<16} threshold {_thresholds(rows)}")
    print(
        f"  true: refused {stated(refused, len(true))}, cannot tell {doubtful}, consistent at least"
        f" {at_least(counts[DeclaredAnswer.CONSISTENT], len(true)):.1%}"
    )
    print(f"  false: accepted {stated(len(accepted), len(false))}; refuted without a band {len(silent)}")


def _thresholds(rows: Sequence[Declaration]) -> str:
    return ", ".join(f"{standard_without(name).threshold:.3f}" for name in sorted({row.instrument for row in rows}))


def _print_untold(rows: Sequence[Declaration]) -> None:
    pairs = Counter(
        (row.label, row.declared) for row in rows if not row.true and row.answer is not DeclaredAnswer.NOT_CONSISTENT
    )
    print("  pairs that cannot be told:", ", ".join(f"{label} / {name}" for label, name in sorted(pairs)) or "none")


def main() -> None:
    data = Path(sys.argv[1])
    if "--write" not in sys.argv:
        print_tables(data)
        return
    rows = list(score_rows(data))
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
