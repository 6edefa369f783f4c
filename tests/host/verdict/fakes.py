"""Evidence, controls and groups made up for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from quayscan.library import Library, Reference
from quayscan.match import Evidence, MatchResult
from quayscan.preprocess import Quality
from quayscan.verdict import Verdict, decide

AT = date(2026, 11, 25)


@dataclass(frozen=True, kw_only=True)
class Status:
    regime: str
    list: str = "Table II"
    state: str = "in_force"
    since: str = "1990-11-11"
    decided: str = ""
    until: str = ""
    asks_for: str = "Ask for the import licence."
    verified: bool = True
    source: str = "a public page"
    note: str = ""


def evidence(substance: str, score: float, *, entry: int = 0, grade: str = "measured") -> Evidence:
    return Evidence(
        entry=entry,
        substance=substance,
        name=substance.title(),
        grade=grade,  # type: ignore[arg-type]  # any of the three grades
        origin="spectrum",
        score=score,
        d_ref=score,
        d_sym=score,
        cosine=score,
        cosine_sqrt=score,
        shift_cm1=0.0,
        scale=1.0,
        chi=1.0,
        background_chi=100.0,
    )


def quality(**changed: object) -> Quality:
    fields: dict[str, object] = {
        "signal_to_noise": 500.0,
        "level_to_noise": 20.0,
        "saturated_fraction": 0.0,
        "coverage": 1.0,
        "spikes": 0,
    }
    return Quality(**{**fields, **changed})  # type: ignore[arg-type]  # the fields of Quality by name


def result(*found: Evidence, chi: float = 500.0, **of_quality: object) -> MatchResult:
    return MatchResult(evidence=found, quality=quality(**of_quality), background_chi=chi)


LIBRARY = Library(
    name="fake",
    references=(Reference(substance="a", name="A", grade="measured"),),
    spectra=np.zeros((1, 951), dtype=np.float32),
    coverage=np.array([[0, 951]], dtype=np.int32),
    sha256="ab" * 32,
)

Laws = dict[str, tuple[Status, ...]]


def judged(
    found: MatchResult,
    laws: Laws | None = None,
    *,
    jurisdictions: tuple[str, ...] = ("UN88", "CN"),
    groups: Callable[[str], frozenset[str]] = lambda substance: frozenset({substance}),
) -> Verdict:
    known = laws or {}
    return decide(
        found,
        library=LIBRARY,
        jurisdictions=jurisdictions,
        at=AT,
        recipe="raman-1:0123456789ab",
        controls_at=lambda substance, at: known.get(substance, (Status(regime="UN88", state="not_listed"),)),
        group_of=groups,
    )
