"""`Declared`: whether a spectrum is what the papers say, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DeclaredAnswer(StrEnum):
    """Is it what was declared?

    CONSISTENT the spectrum fits it · NOT_CONSISTENT bands contradict it, or something else is found instead
    · CANNOT_TELL this scan and this library cannot decide.
    """

    CONSISTENT = "CONSISTENT"
    NOT_CONSISTENT = "NOT_CONSISTENT"
    CANNOT_TELL = "CANNOT_TELL"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredTest:
    """One substance that the declaration may stand for.

    `score` of its best reference, and how usual so low a score is among true declarations; both None where the
    library has no reference.
    """

    substance: str
    name: str
    score: float | None
    p_value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The declaration's part of a verdict.

    Attributes
    ----------
    text : as it was declared. answer : the decision. why : sentences for the officer.
    tests : one for each substance that it may stand for, best score first.
    p_value, n : of the best one: the share of true declarations that score no better, from n of them; None without one.
    only_spectrum, only_reference : with NOT_CONSISTENT, bands in cm-1 that the spectrum has and the declared
        reference lacks, and the reverse.
    found : substance ids that are found instead, or that cannot be told from it.
    """

    text: str
    answer: DeclaredAnswer
    why: tuple[str, ...]
    tests: tuple[DeclaredTest, ...]
    p_value: float | None
    n: int
    only_spectrum: tuple[float, ...]
    only_reference: tuple[float, ...]
    found: tuple[str, ...]
