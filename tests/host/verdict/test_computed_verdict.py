"""What computed references name: an alert with a word of warning, never a bare match."""

from __future__ import annotations

import numpy as np

from quayscan.match import Calibration, ComputedEvidence
from quayscan.match.conformal import NullScores
from quayscan.match.evidence import MatchResult
from quayscan.verdict import Action, VerdictKind

from .fakes import Laws, Status, evidence, judged, quality

CALIBRATION = Calibration(null=NullScores(scores=np.linspace(0, 3, 199), entries=5), entries=5)
PRECURSOR: Laws = {"precursor": (Status(regime="UN88"),)}


def structure(substance: str, score: float) -> ComputedEvidence:
    return ComputedEvidence(
        entry=3,
        substance=substance,
        name=substance.title(),
        score=score,
        cosine=0.8,
        peaks=0.6,
        p_value=CALIBRATION.p_value(score),
    )


def seen(*computed: ComputedEvidence, best: float = 0.5) -> MatchResult:
    return MatchResult(
        evidence=(evidence("salt", best),),
        quality=quality(),
        background_chi=500.0,
        computed=computed,
        computed_calibration=CALIBRATION,
    )


def test_a_controlled_one_alerts_and_says_that_its_reference_is_computed() -> None:
    verdict = judged(seen(structure("precursor", 4.0)), PRECURSOR)
    assert (verdict.verdict, verdict.action) == (VerdictKind.MATCH, Action.ALERT)
    assert "(computed reference)" in verdict.reasons[0]
    assert verdict.reasons[1].startswith("Computed reference: send to lab.")
    assert [(one.substance, one.grade, one.named) for one in verdict.candidates] == [
        ("precursor", "computed", True),
        ("salt", "measured", False),
    ]


def test_one_that_nothing_controls_goes_to_the_laboratory_all_the_same() -> None:
    verdict = judged(seen(structure("harmless", 4.0)))
    assert verdict.action is Action.SEND_TO_LAB


def test_the_rate_stated_is_that_of_the_computed_references() -> None:
    kept = judged(seen(structure("precursor", 4.0)), PRECURSOR).false_alarm
    assert kept is not None
    assert (kept.n, kept.p_value, kept.smallest, kept.rate) == (199, 1 / 200, 1 / 200, 0.01)


def test_a_score_that_unrelated_spectra_reach_names_nothing() -> None:
    verdict = judged(seen(structure("precursor", 2.9)), PRECURSOR)
    assert (verdict.verdict, verdict.action) == (VerdictKind.UNKNOWN, Action.SEND_TO_LAB)
    assert [one.substance for one in verdict.candidates] == ["salt"]


def test_a_measured_match_is_never_displaced() -> None:
    verdict = judged(seen(structure("precursor", 9.0), best=0.99), PRECURSOR)
    assert [one.substance for one in verdict.candidates if one.named] == ["salt"]
    assert verdict.action is Action.NO_CONTROLLED_FOUND


def test_two_that_come_close_are_both_named() -> None:
    verdict = judged(seen(structure("harmless", 4.2), structure("precursor", 4.0)), PRECURSOR)
    assert (verdict.verdict, verdict.action) == (VerdictKind.AMBIGUOUS, Action.ALERT)
    assert [one.substance for one in verdict.candidates if one.named] == ["harmless", "precursor"]
