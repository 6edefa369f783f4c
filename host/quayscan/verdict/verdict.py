"""`Verdict`: the decision about one spectrum, with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from ..library import Grade
from ..match.barcode import FamilyPattern
from .declared import Declared


class VerdictKind(StrEnum):
    """What the data says.

    MATCH one substance explains it · MIXTURE several together · AMBIGUOUS a set that this instrument cannot
    tell apart · UNKNOWN good data, nothing in the library explains it · INADEQUATE the data cannot decide.
    """

    MATCH = "MATCH"
    MIXTURE = "MIXTURE"
    AMBIGUOUS = "AMBIGUOUS"
    UNKNOWN = "UNKNOWN"
    INADEQUATE = "INADEQUATE"


class Action(StrEnum):
    """What to do about it.

    ALERT controlled in a chosen jurisdiction on the date · WATCH controlled elsewhere or internationally, and
    here not (yet) or not known · NO_CONTROLLED_FOUND nothing that was named is controlled · RESCAN
    · SEND_TO_LAB.
    """

    ALERT = "ALERT"
    WATCH = "WATCH"
    NO_CONTROLLED_FOUND = "NO_CONTROLLED_FOUND"
    RESCAN = "RESCAN"
    SEND_TO_LAB = "SEND_TO_LAB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One of the best substances; `named` when the verdict names it.

    `entry` is the library row of its best reference, and `shift_cm1` the query's axis minus that reference's. `p_value`
    says how often a substance that the library lacks scores as high; None without a calibration. `only_spectrum` and
    `only_reference` are the bands, in cm-1, that the one has and the other lacks; of the best substance alone.
    """

    substance: str
    name: str
    score: float
    grade: Grade
    named: bool
    entry: int
    shift_cm1: float
    p_value: float | None = None
    only_spectrum: tuple[float, ...] = ()
    only_reference: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part of a mixture: its role ("contents" or "container") and the range of its share of the net band area.

    Where several substances could be it, `alternatives` has them all, `name` says them, and `substance` is "". So it is
    for a wall's own scan.
    """

    substance: str
    name: str
    role: str
    low: float
    high: float
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionLimit:
    """Share of the net band area above which a controlled substance would have been seen beside what was found."""

    substance: str
    name: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A control that led to the action. Dates as the list states them: a day, a year, or ""."""

    substance: str
    regime: str
    list_name: str
    state: str
    since: str
    decided: str
    until: str
    verified: bool
    asks_for: str
    source: str
    note: str


Trials = Literal["single", "computed", "mixture", "wall"]
"""Samples that the library lacks: against measured and published references, against computed ones; mixtures that it
lacks a part of; contents behind a wall's own scan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseAlarm:
    """The false-alarm rate that was kept: how often something is named where the library lacks the substance.

    Attributes
    ----------
    rate : the rate kept, no smaller than can be stated. asked : the one asked for.
    smallest : the smallest rate that n samples can state for a library of this size; at least 1 / (n + 1).
    p_value : of the best candidate; None when there is none, and where the rate is counted and not compared.
    n : number of samples behind it. entries : references compared with.
    substances : how many different substances the samples are of; None where nobody counted.
    trials : what the samples are, as `Trials` names them.
    """

    rate: float
    asked: float
    smallest: float
    p_value: float | None
    n: int
    entries: int
    substances: int | None = None
    trials: Trials = "single"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The decision about one spectrum.

    Attributes
    ----------
    verdict, action : the decision and what to do.
    cause : why the data is INADEQUATE, as one word; "" for every other verdict.
    candidates : best five substances, best first, whenever there is a spectrum.
    components : parts of a MIXTURE, or contents and container.
    detection_limits : of controlled substances that were not found, the highest first.
    not_ruled_out : ids of controlled substances of the library that could be there at any share: they have no measured
        reference, or show no bands.
    reasons : sentences for the officer, most important first.
    controls : those that led to the action.
    false_alarm : None where other constants were used than those that are calibrated; the reasons say so.
    jurisdictions, at : regimes asked about and the scan's date.
    declared : whether it is what the papers say; None when nothing was declared.
    families : with UNKNOWN, controlled families whose pattern the spectrum carries.
    recipe : id of every constant in the way. library_name, library_sha256 : what was compared with.
    """

    verdict: VerdictKind
    action: Action
    cause: str
    candidates: tuple[Candidate, ...]
    components: tuple[Component, ...]
    reasons: tuple[str, ...]
    controls: tuple[Control, ...]
    false_alarm: FalseAlarm | None
    jurisdictions: tuple[str, ...]
    at: date
    recipe: str
    library_name: str
    library_sha256: str
    declared: Declared | None = None
    families: tuple[FamilyPattern, ...] = ()
    detection_limits: tuple[DetectionLimit, ...] = ()
    not_ruled_out: tuple[str, ...] = ()
