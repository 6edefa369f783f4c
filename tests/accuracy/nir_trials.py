"""Near-infrared trials: `python -m tests.accuracy.nir_trials DATA` prints the tables of the README of match/nir.

Each operator in turn is left out: the library, its spread and its threshold come from the others alone, and the
operator's scans are the queries. Once with all substances, once with the scan's own substance left out as well.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from quayscan.curate.nir_doubts import find_nir_doubts
from quayscan.library import Library
from quayscan.library.nir import default_nir_library
from quayscan.match.nir import match_nir
from quayscan.match.nir.classes import SESSION
from quayscan.pipeline import Request, identify
from quayscan.verdict import Verdict, VerdictKind

from .bounds import at_least, at_most, stated
from .nir_spectra import Scan, of_sessions, scans, whole_library, with_exchanged, without
from .nir_tables import fitted_to


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One trial: the scan, whether its substance was in the library, and what came out."""

    scan: Scan
    held: bool
    verdict: Verdict

    @property
    def first(self) -> str:
        return self.verdict.candidates[0].substance

    @property
    def named(self) -> tuple[str, ...]:
        return tuple(one.substance for one in self.verdict.candidates if one.named)

    @property
    def right_first(self) -> bool:
        return self.first == self.scan.substance

    @property
    def matched(self) -> bool:
        """MATCH, whatever it names."""
        return self.verdict.verdict is VerdictKind.MATCH


def _tried(scan: Scan, library: Library, *, held: bool) -> Outcome:
    return Outcome(
        scan=scan, held=held, verdict=identify(scan.spectrum, library, request=Request(jurisdictions=("UN88",)))
    )


def operators_left_out(data: Path) -> Iterator[Outcome]:
    """Every scan against the library of all other operators."""
    return (_tried(scan, without(data, scan.operator), held=True) for scan in scans(data))


def substances_left_out(data: Path) -> Iterator[Outcome]:
    """The same, without the scan's own substance: whatever is named is false."""
    return (_tried(scan, without(data, scan.operator, scan.substance), held=False) for scan in scans(data))


def shipped(data: Path) -> Iterator[Outcome]:
    """Scans by operators that the shipped references were not fitted to, against the shipped library."""
    return (_tried(scan, default_nir_library(), held=True) for scan in scans(data) if not fitted_to(scan))


def _line(name: str, outcomes: Sequence[Outcome]) -> str:
    n = len(outcomes)
    kinds = Counter(one.verdict.verdict.value for one in outcomes)
    right = sum(one.right_first for one in outcomes)
    named = sum(one.matched and one.named == (one.scan.substance,) for one in outcomes)
    false = sum(bool(one.named) and one.scan.substance not in one.named for one in outcomes)
    parts = [name, str(n)]
    parts += [f"{right} (>= {at_least(right, n):.1%})", str(named)] if outcomes[0].held else ["-", "-"]
    parts += [f"{false} (<= {at_most(false, n):.2%})", ", ".join(f"{v} {k}" for k, v in sorted(kinds.items()))]
    return f"| {' | '.join(parts)} |"


def report(data: Path) -> Iterator[str]:
    """The lines of the tables."""
    every = (
        ("an operator left out", list(operators_left_out(data))),
        ("an operator and the substance left out", list(substances_left_out(data))),
        ("the shipped library, operators 06 to 10", list(shipped(data))),
    )
    yield "| trials | scans | right first | MATCH, right | false name | verdicts |"
    yield "|---|---|---|---|---|---|"
    yield from (_line(name, outcomes) for name, outcomes in every)
    yield ""
    yield from _by_substance(every[0][1], every[1][1])
    yield ""
    yield one_operator(data)
    yield exchanged(data)


def _by_substance(held: Sequence[Outcome], lacking: Sequence[Outcome]) -> Iterator[str]:
    substances = sorted({one.scan.substance for one in held})
    named = {one.scan.substance for one in lacking if one.named}
    yield f"Substances named falsely when left out: {stated(len(named), len(substances))}."
    yield ""
    yield "| substance | lowest right score | highest wrong score | and whose |"
    yield "|---|---|---|---|"
    for substance in substances:
        right = min(one.verdict.candidates[0].score for one in held if one.scan.substance == substance)
        wrong = max((one.verdict.candidates[0].score, one.first) for one in lacking if one.scan.substance == substance)
        yield f"| {substance} | {right:.3f} | {wrong[0]:.3f} | {wrong[1]} |"


def one_operator(data: Path) -> str:
    """Each operator alone as the library, with the shipped spread; the others' scans as queries."""
    right = trials = 0
    for operator in sorted({scan.operator for scan in scans(data)}):
        library = of_sessions(data, (operator,))
        others = [scan for scan in scans(data) if scan.operator != operator]
        right += sum(match_nir(scan.features, library).evidence[0].substance == scan.substance for scan in others)
        trials += len(others)
    return f"One operator as the library, all others as queries: right first in {right} of {trials}."


def exchanged(data: Path) -> str:
    """Every pair of substances exchanged in one operator's copy, an operator after the other."""
    library = whole_library(data)
    substances = sorted({one.substance for one in library.references})
    operators = sorted({one.provenance[SESSION] for one in library.references})
    both = spurious = 0
    pairs = list(combinations(substances, 2))
    for at, (one, other) in enumerate(pairs):
        copy, rows = with_exchanged(library, operators[at % len(operators)], one, other)
        doubted, _ = find_nir_doubts(copy, default_nir_library())
        both += rows <= doubted
        spurious += len(doubted - rows)
    return f"Two samples exchanged in a copy: both reported in {both} of {len(pairs)}, right labels doubted {spurious}."


def main() -> None:
    for line in report(Path(sys.argv[1])):
        print(line, flush=True)


if __name__ == "__main__":
    main()
