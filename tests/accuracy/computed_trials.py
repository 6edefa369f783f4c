"""Computed references on real spectra: how often one names wrongly, and how often rightly where nothing else could.

The substances that are both measured and computed stand in for those that nobody has measured: the measured entry and
its group are taken out, the computed one put in, its scaling fitted without that substance. False: a computed entry is
named for a spectrum that does not hold it, with the library as shipped and with all computed entries beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

import quayscan_spectra
from quayscan.library import Library, default_library, from_bands
from quayscan.match import Calibration, MatchOptions
from quayscan.match.conformal import NullScores, pool_of
from quayscan.match.identity import group_of
from quayscan.verdict.naming import best_per_substance, named_by_structure, named_evidence
from quayscan_spectra import BandReference
from quayscan_spectra.computed_bands import as_bands
from quayscan_spectra.insilico import computed_references
from quayscan_spectra.insilico.scaling_fit import known, without
from quayscan_spectra.table_rows import table_rows

from . import spectra
from .bounds import at_least, stated
from .open_set import table

OPTIONS = MatchOptions()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One spectrum: what is in it, and what measured and computed references name."""

    instrument: str
    label: str
    held: frozenset[str]
    first: str
    by_measurement: frozenset[str]
    by_structure: frozenset[str]

    @property
    def right(self) -> bool:
        """A computed entry of what the sample holds is among at most three names."""
        return bool(self.by_structure & self.held) and len(self.by_structure) <= 3

    @property
    def false(self) -> bool:
        return bool(self.by_structure - self.held) and not self.right


def placed_without_itself() -> Iterator[BandReference]:
    """The validation molecules, each under the scaling that was fitted without it."""
    rows = {row["id"]: row for row in table_rows("computed")}
    those = known(computed_references())
    fitted = [one for one in those if not one.computed.doubt]
    for one in those:
        shift, height = one.computed.placed(without(fitted, one.measured.substance))
        order = np.argsort(shift)
        moved = replace(one.computed, shift_cm1=shift[order], height=height[order])
        yield as_bands(moved, rows[one.computed.id])


@cache
def computed_only(substance: str) -> Library:
    """The shipped measured and published references less the substance's group, and every validation molecule."""
    group = group_of(substance)
    tables = [one for one in quayscan_spectra.references() if one.substance not in group]
    drawn = from_bands([*tables, *placed_without_itself()], quayscan_spectra.synthesise, name="computed only")
    return replace(drawn, seal=default_library().seal)


def power(data: Path) -> Iterator[Outcome]:
    """Every file of a validation molecule, which the library knows by computation alone."""
    molecules = {one.substance for one in placed_without_itself()}
    for trial in spectra.trials(data):
        if trial.substance in molecules:
            yield from _judged(trial, computed_only(trial.substance))


def shipped(data: Path) -> Iterator[Outcome]:
    """Every file against the library as it ships."""
    for trial in spectra.trials(data):
        yield from _judged(trial, default_library())


def _judged(trial: spectra.Trial, library: Library) -> Iterator[Outcome]:
    result = spectra.compare(trial, library)
    if not spectra.adequate(result):
        return
    _, measured = named_evidence(best_per_substance(result), OPTIONS, group_of, result.calibration)
    entries = result.computed_calibration.entries if result.computed_calibration is not None else 0
    left_out = replace(result, computed_calibration=Calibration(null=pool(trial.instrument), entries=entries))
    _, computed = named_by_structure(left_out, OPTIONS, group_of)
    inside = spectra.MIXED.get(trial.label.lower(), (trial.substance,))
    yield Outcome(
        instrument=trial.instrument,
        label=trial.label,
        held=frozenset(member for substance in inside for member in group_of(substance)),
        first=result.computed[0].substance if result.computed else "",
        by_measurement=frozenset(one.substance for one in measured),
        by_structure=frozenset() if measured else frozenset(one.substance for one in computed),
    )


@cache
def pool(instrument: str) -> NullScores:
    """The pool of wrong computed scores less one instrument."""
    rows = [row for row in table() if row["channel"] == "computed" and row["instrument"] != instrument]
    return pool_of(rows)


def report(data: Path) -> Iterator[str]:
    """The lines of the tables."""
    every, alone = list(shipped(data)), list(power(data))
    false = sum(one.false for one in every)
    entries = sum(one.grade == "computed" for one in default_library().references)
    yield f"Library as shipped ({entries} computed entries), all real spectra: a computed one is named falsely in"
    yield f"{stated(false, len(every))}."
    yield ""
    yield "| known by computation alone | spectra | first among the computed | named | falsely |"
    yield "|---|---|---|---|---|"
    for label in (*sorted({min(one.held) for one in alone}), "all"):
        yield _line(label, [one for one in alone if label in ("all", min(one.held))])


def _line(label: str, those: Sequence[Outcome]) -> str:
    n, right = len(those), sum(one.right for one in those)
    bound = f" (at least {at_least(right, n):.0%})" if label == "all" else ""
    first = sum(one.first in one.held for one in those)
    return f"| {label} | {n} | {first} | {right}{bound} | {sum(one.false for one in those)} |"
