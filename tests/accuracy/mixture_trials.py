"""Mixtures of two measured spectra of one unit, against the library of another one.

Both spectra are scaled to net band area 1 and added in the stated shares; white noise makes the highest band 100 times
the noise of a pixel. Components are files that the library holds, at 785 and 830 nm; pairs lie outside one identity
group. `at_limit` trials take the detection limit that the verdict on the major component alone states for the minor
one, and add just that share.

Found: the verdict names the minor component's identity group. Absent: it names a substance of neither group.

    python -m tests.accuracy.mixture_trials ../shared/data 200
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from quayscan.library import Library
from quayscan.match import MatchOptions, match
from quayscan.match.identity import group_of
from quayscan.match.mixture import MixtureOptions, Unmixed, net_band_area, unmix
from quayscan.preprocess import Features, prepare
from quayscan.preprocess.opening import opened_bands
from quayscan.spectrum import Spectrum
from quayscan.verdict import MixtureRules, Verdict, VerdictKind, decide, with_mixture

from . import spectra
from .bounds import clopper_pearson

LASERS = ("785nm", "830nm")
FRACTIONS = (0.05, 0.10, 0.20)
NOISE = 100.0
SEEDS = (1925, 1926, 1927)
"""Of pairs and noise: `count` trials of each, at each fraction."""
DAY = date(2026, 11, 25)
"""On which the controls are read; no trial depends on it."""

UNIT = 1e6
"""Counts that a net band area of 1 stands for."""


@dataclass(frozen=True, kw_only=True)
class MixtureOutcome:
    """One trial.

    Attributes
    ----------
    fraction : share of the minor component. at_limit : whether that is its stated detection limit.
    found : the components name the minor one. among : it is one of several that a component could be.
    absent : names of neither, and sets that hold neither.
    low, high : the minor one's range; nan when it was not found.
    """

    instrument: str
    major: str
    minor: str
    fraction: float
    at_limit: bool
    kind: VerdictKind
    found: bool
    among: bool
    absent: tuple[str, ...]
    low: float
    high: float


def mixture_trials(
    data: Path,
    library: Library | None = None,
    *,
    fractions: Sequence[float] = FRACTIONS,
    count: int = 200,
    limit_count: int | None = None,
    instruments: Sequence[str] = (),
    seeds: Sequence[int] = SEEDS,
) -> Iterator[MixtureOutcome]:
    """Trials at each fraction, then at the stated limit, for one seed after the other.

    Parameters
    ----------
    library : `library_785` when None. count : trials at each fraction. limit_count : at the limit; `count` when None.
    instruments : folders to draw from; all at 785 and 830 nm when empty. seeds : of pairs and noise.
    """
    library = spectra.library_785(data) if library is None else library
    parts = parts_of(data, library, tuple(instruments))
    for seed in seeds:
        yield from _of_seed(
            parts, library, fractions, count, count if limit_count is None else limit_count, np.random.default_rng(seed)
        )


def _of_seed(
    parts: Sequence[spectra.Trial],
    library: Library,
    fractions: Sequence[float],
    count: int,
    limit_count: int,
    draw: np.random.Generator,
) -> Iterator[MixtureOutcome]:
    for fraction in fractions:
        for _ in range(count):
            yield _trial(*pair_of(parts, draw), fraction, library, draw)
    for _ in range(limit_count):
        major, minor = pair_of(parts, draw)
        _, alone = judge(noisy(major.spectrum, NOISE, draw), library)
        limit = _limit(alone, library, minor.substance)
        if limit < 1.0:
            yield replace(_trial(major, minor, limit, library, draw), at_limit=True)


def single_trials(data: Path, library: Library | None = None) -> Iterator[tuple[spectra.Trial, Verdict]]:
    """Every file of all lasers, alone, with its own noise: whatever comes out as MIXTURE is false, mixtures apart."""
    library = spectra.library_785(data) if library is None else library
    for trial in spectra.trials(data):
        yield trial, judge(trial.spectrum, library)[0]


def left_out_trials(data: Path, library: Library | None = None) -> Iterator[tuple[spectra.Trial, Verdict]]:
    """Every file that the library holds, its own group left out: whatever is named is false."""
    library = spectra.library_785(data) if library is None else library
    for trial in spectra.trials(data):
        if trial.substance and spectra.holds(library, trial.substance):
            yield trial, judge(trial.spectrum, spectra.without(library, group_of(trial.substance)))[0]


def judge(
    spectrum: Spectrum, library: Library, wall: Spectrum | None = None, options: MixtureOptions | None = None
) -> tuple[Verdict, Unmixed]:
    """The verdict as the pipeline comes to it, and the combination behind it."""
    options = MixtureOptions() if options is None else options
    features, single = prepare(spectrum), MatchOptions()
    result = match(features, library, single)
    verdict = decide(result, library=library, jurisdictions=("UN88",), at=DAY, recipe="trial", options=single)
    through = None if wall is None else prepare(wall)
    unmixed = unmix(features, library, result, group_of=group_of, options=options, single=single, wall=through)
    rules = MixtureRules(library=library, notes=result.quality.notes, options=options, single=single)
    return with_mixture(verdict, unmixed, rules), unmixed


def mixed(major: Spectrum, minor: Spectrum, share: float, noise: float, draw: np.random.Generator) -> Spectrum:
    """Two spectra on the first one's axis, the second with this share of the net band area, and noise."""
    beside = np.interp(major.axis, minor.axis, minor.intensity)
    values = (1.0 - share) * major.intensity / _area(prepare(major)) + share * beside / _area(prepare(minor))
    return noisy(replace(major, intensity=UNIT * values, variance=None, notes=()), noise, draw)


def bound_words(hits: int, count: int) -> str:
    """Share and its exact 95 % interval."""
    low, high = clopper_pearson(hits, count)
    return f"{hits:4d}/{count:<4d} {hits / max(count, 1):6.1%} ({low:.1%} to {high:.1%})"


def _today():
    from datetime import date

    return date(2026, 11, 25)


def noisy(spectrum: Spectrum, ratio: float, draw: np.random.Generator) -> Spectrum:
    """A spectrum with white noise that its highest band exceeds by this ratio."""
    features = prepare(spectrum)
    highest = float(opened_bands(features.values, features.mask).max())
    noise = draw.normal(0.0, highest / ratio, spectrum.intensity.size)
    return replace(spectrum, intensity=spectrum.intensity + noise, variance=None)


def _area(features: Features) -> float:
    return float(net_band_area(opened_bands(features.values, features.mask)))


@cache
def parts_of(data: Path, library: Library, instruments: tuple[str, ...]) -> tuple[spectra.Trial, ...]:
    return tuple(
        trial
        for trial in spectra.trials(data)
        if trial.laser in LASERS
        and (not instruments or trial.instrument in instruments)
        and trial.substance
        and spectra.holds(library, trial.substance)
    )


def pair_of(parts: Sequence[spectra.Trial], draw: np.random.Generator) -> tuple[spectra.Trial, spectra.Trial]:
    while True:
        first, second = (parts[int(at)] for at in draw.choice(len(parts), 2, replace=False))
        if first.instrument == second.instrument and second.substance not in group_of(first.substance):
            return first, second


def _trial(
    major: spectra.Trial, minor: spectra.Trial, fraction: float, library: Library, draw: np.random.Generator
) -> MixtureOutcome:
    verdict, _ = judge(mixed(major.spectrum, minor.spectrum, fraction, NOISE, draw), library)
    truth = group_of(minor.substance)
    answers = answers_of(verdict)
    own = [one for one in verdict.components if one.substance in truth]
    return MixtureOutcome(
        instrument=major.instrument,
        major=major.label,
        minor=minor.label,
        fraction=fraction,
        at_limit=False,
        kind=verdict.verdict,
        found=any(answer <= truth for answer in answers),
        among=any(answer & truth for answer in answers),
        absent=tuple("/".join(sorted(one)) for one in answers if not one & (truth | group_of(major.substance))),
        low=own[0].low if own else float("nan"),
        high=own[0].high if own else float("nan"),
    )


def answers_of(verdict: Verdict) -> list[frozenset[str]]:
    """What the verdict says is there: each component as the set of what it could be, else its names."""
    if verdict.components:
        return [frozenset(one.alternatives or (one.substance,)) for one in verdict.components]
    names = frozenset(one.substance for one in verdict.candidates if one.named)
    return [names] if names else []


def _limit(unmixed: Unmixed, library: Library, substance: str) -> float:
    group = group_of(substance)
    return max(float(unmixed.limits[at]) for at, one in enumerate(library.references) if one.substance in group)


def table(outcomes: Sequence[MixtureOutcome]) -> Iterator[str]:
    """Lines of the results' table."""
    yield f"mixtures of two, {len(outcomes)} trials, seeds {SEEDS}:"
    yield "minor component found, absent component named, range holds the share"
    for fraction in sorted({one.fraction for one in outcomes if not one.at_limit}):
        rows = [one for one in outcomes if one.fraction == fraction and not one.at_limit]
        found = [one for one in rows if one.found]
        held = sum(one.low <= fraction <= one.high for one in found)
        among = sum(one.among for one in rows)
        yield (
            f"{fraction:6.0%}  {bound_words(len(found), len(rows))}, or one of several {among}  absent"
            f" {bound_words(sum(bool(one.absent) for one in rows), len(rows))}  range {bound_words(held, len(found))}"
        )
    limit = [one for one in outcomes if one.at_limit]
    if limit:
        yield f"at the stated limit (median {np.median([one.fraction for one in limit]):.1%}):" + (
            f" found {bound_words(sum(one.found for one in limit), len(limit))}"
        )
    every = sum(bool(one.absent) for one in outcomes)
    yield f"absent component named, all trials: {bound_words(every, len(outcomes))}"


def print_tables(data: Path, count: int = 200, instruments: Sequence[str] = ()) -> None:
    """Every trial, its table, and what went wrong."""
    outcomes = list(mixture_trials(data, count=count, instruments=instruments))
    print(*table(outcomes), sep="\n")
    clear = [one for one in outcomes if "LinseedOil" not in (one.major, one.minor)]
    print("without linseed oil, whose fluorescence is ten times its highest band:", *table(clear), sep="\n")
    for one in outcomes:
        if one.absent:
            print(" ", one.instrument, f"{one.fraction:.1%}", one.major, "+", one.minor, one.kind, *one.absent)
    for name, run in (("alone", single_trials), ("own group left out", left_out_trials)):
        rows = list(run(data))
        wrong = [(t.instrument, t.label, v.verdict.value, *answers_of(v)) for t, v in rows if _is_false(name, t, v)]
        print(f"{name}: {bound_words(len(wrong), len(rows))} named falsely")
        for row in wrong:
            print(" ", *(" or ".join(sorted(part)) if isinstance(part, frozenset) else part for part in row))


def main(arguments: Sequence[str]) -> None:
    data, *rest = arguments
    print_tables(Path(data), int(rest[0]) if rest else 200, rest[1:])


def _is_false(name: str, trial: spectra.Trial, verdict: Verdict) -> bool:
    held = {spectra.substance_of(part) for part in spectra.MIXED.get(trial.label.lower(), (trial.label,))}
    truth = {member for substance in held for member in group_of(substance)} if name == "alone" else set()
    return any(not answer & truth for answer in answers_of(verdict))


if __name__ == "__main__":
    main(sys.argv[1:])
