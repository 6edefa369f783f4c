"""Family barcodes: whether a spectrum carries the pattern that the references of a controlled family share.

`quayscan_spectra.barcodes` holds the weights, derived from the references; here they meet a spectrum. A barcode speaks
only where trials on real spectra and on members left out bear it out: `barcode_states.csv` says which do, from which
score on, and how often spectra that hold no member reach it. A state belongs to one set of weights, by its hash.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ..preprocess import Features
from ..preprocess.grid import GRID

if TYPE_CHECKING:
    from quayscan_spectra import Barcode


@dataclass(frozen=True, slots=True, kw_only=True)
class BarcodeState:
    """What the trials said about one family's barcode.

    Attributes
    ----------
    family : its id. sha256 : of the weights that were tried, "" without any. on : whether it may speak.
    threshold : the score above which it does.
    members : references it was derived from. recognised : share of members found with their own reference left out.
    alarms, n : of n real spectra without a member, how many exceed the threshold.
    reason : why it is off; "" when it is on.
    """

    family: str
    sha256: str
    on: bool
    threshold: float
    members: int
    recognised: float
    alarms: int
    n: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyPattern:
    """A family whose pattern a spectrum carries.

    `score` is in standard deviations of benign goods. A benign spectrum is taken for the family at most at the rate
    `rate` = (alarms + 1) / (n + 1), from n real spectra. `regions_cm1` count most, the first one most of all.
    """

    family: str
    title: str
    score: float
    threshold: float
    rate: float
    n: int
    regions_cm1: tuple[tuple[float, float], ...]


@cache
def barcode_states() -> tuple[BarcodeState, ...]:
    """The state of every family, of `barcode_states.csv`."""
    text = files("quayscan.match").joinpath("barcode_states.csv").read_text(encoding="utf-8")
    return tuple(
        BarcodeState(
            family=row["family"],
            sha256=row["sha256"],
            on=row["on"] == "yes",
            threshold=float(row["threshold"]),
            members=int(row["members"]),
            recognised=float(row["recognised"]),
            alarms=int(row["alarms"]),
            n=int(row["n"]),
            reason=row["reason"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def barcode_constants() -> dict[str, float]:
    """For the recipe: the hashes of the barcodes that may speak, with their thresholds."""
    return {one.sha256: one.threshold for one in barcode_states() if one.on}


def barcode_score(features: Features, one: Barcode) -> float:
    """How much a spectrum carries a family's pattern, in standard deviations of benign goods."""
    from quayscan_spectra.barcodes import pattern  # here, so that a match without barcodes does not load the tables

    return one.score(pattern(GRID, features.bands))


def family_patterns(
    features: Features,
    *,
    barcodes: tuple[Barcode, ...] | None = None,
    states: tuple[BarcodeState, ...] | None = None,
) -> tuple[FamilyPattern, ...]:
    """The families whose pattern a spectrum carries, the clearest first; those whose barcode is off never.

    Parameters
    ----------
    features : the prepared spectrum.
    barcodes, states : those that ship by default.
    """
    speaking = [one for one in (barcode_states() if states is None else states) if one.on]
    if not speaking:
        return ()
    import quayscan_spectra

    by_hash = {one.sha256: one for one in (quayscan_spectra.barcodes() if barcodes is None else barcodes)}
    titles = {one.family: one.title for one in quayscan_spectra.families()}
    found = []
    for state in speaking:
        one = by_hash.get(state.sha256)
        if one is None:
            continue
        score = barcode_score(features, one)
        if score > state.threshold:
            found.append(_pattern(one, state, score, titles.get(state.family, state.family)))
    return tuple(sorted(found, key=lambda one: one.threshold - one.score))


def _pattern(one: Barcode, state: BarcodeState, score: float, title: str) -> FamilyPattern:
    return FamilyPattern(
        family=state.family,
        title=title,
        score=score,
        threshold=state.threshold,
        rate=(state.alarms + 1) / (state.n + 1),
        n=state.n,
        regions_cm1=one.regions_cm1[:6],
    )
