from dataclasses import replace

import numpy as np
import pytest

from quayscan.match import Calibration, Contradiction
from quayscan.match.conformal import NullScores
from quayscan.verdict import Action, Limits, Verdict, VerdictKind, decide

from .fakes import AT, LIBRARY, Laws, Status, evidence, judged, result

CONTROLLED: Laws = {"acetone": (Status(regime="UN88"),)}


def test_a_controlled_match_is_an_alert_and_carries_its_way() -> None:
    verdict = judged(result(evidence("acetone", 0.99), evidence("b", 0.5)), CONTROLLED)
    assert (verdict.verdict, verdict.action, verdict.cause) == (VerdictKind.MATCH, Action.ALERT, "")
    assert [one.named for one in verdict.candidates] == [True, False]
    assert (verdict.library_name, verdict.library_sha256) == (LIBRARY.name, LIBRARY.sha256)
    assert (verdict.at, verdict.recipe, verdict.false_alarm) == (AT, "raman-1:0123456789ab", None)
    assert verdict.jurisdictions == ("UN88", "CN")


def test_a_controlled_member_of_an_ambiguous_set_is_an_alert() -> None:
    verdict = judged(result(evidence("salt", 0.95), evidence("acetone", 0.93)), CONTROLLED)
    assert (verdict.verdict, verdict.action) == (VerdictKind.AMBIGUOUS, Action.ALERT)
    assert "cannot tell them apart" in verdict.reasons[0]


def test_a_controlled_twin_of_the_named_substance_is_an_alert() -> None:
    verdict = judged(
        result(evidence("twin", 0.99)), CONTROLLED, groups=lambda substance: frozenset({"twin", "acetone"})
    )
    assert (verdict.verdict, verdict.action) == (VerdictKind.MATCH, Action.ALERT)
    assert any("acetone (which cannot be told from Twin)" in reason for reason in verdict.reasons)


def test_an_unnamed_candidate_is_not_looked_up() -> None:
    verdict = judged(result(evidence("salt", 0.99), evidence("acetone", 0.5)), CONTROLLED)
    assert verdict.action is Action.NO_CONTROLLED_FOUND


def test_an_unknown_goes_to_the_laboratory_with_its_candidates() -> None:
    verdict = judged(result(evidence("acetone", 0.6)), CONTROLLED)
    assert (verdict.verdict, verdict.action) == (VerdictKind.UNKNOWN, Action.SEND_TO_LAB)
    assert [one.named for one in verdict.candidates] == [False]
    assert verdict.controls == ()


@pytest.mark.parametrize(
    ("found", "cause"),
    [
        (result(evidence("acetone", 0.99), chi=0.9), "no-signal"),
        (result(evidence("acetone", 0.99), saturated_fraction=0.2), "saturated"),
        (result(evidence("acetone", 0.6), chi=2.0), "weak"),
        (result(chi=0.9), "no-signal"),
        (result(evidence("acetone", 0.6), saturated_fraction=0.001), "saturated"),
    ],
)
def test_data_that_cannot_decide_names_nothing_and_asks_for_a_rescan(found: object, cause: str) -> None:
    verdict = judged(found, CONTROLLED)  # type: ignore[arg-type]  # a MatchResult in every row
    assert (verdict.verdict, verdict.action, verdict.cause) == (
        VerdictKind.INADEQUATE,
        Action.RESCAN,
        cause,
    )
    assert not any(one.named for one in verdict.candidates)
    assert len(verdict.reasons) >= 3


def test_a_few_saturated_pixels_are_forgiven_where_a_substance_is_named() -> None:
    found = result(evidence("acetone", 0.99), saturated_fraction=0.001)
    assert judged(found, CONTROLLED).verdict is VerdictKind.MATCH


def test_a_computed_reference_is_named_as_one() -> None:
    verdict = judged(result(evidence("new", 0.99, grade="computed")))
    assert "computed reference" in verdict.reasons[0]


@pytest.mark.parametrize("score", [0.99, 0.5])
def test_every_verdict_is_presumptive(score: float) -> None:
    reasons = judged(result(evidence("acetone", score), notes=("the file has no dark",)), CONTROLLED).reasons
    assert reasons[-1].startswith("This is a field screen and not a confirmation")
    assert "the file has no dark" in reasons
    assert "safe" not in " ".join(reasons).lower()


def test_ambient_light_is_the_cause_where_no_band_stands_out() -> None:
    verdict = judged(result(evidence("acetone", 0.5), chi=0.9, ambient_share=0.4))
    assert (verdict.action, verdict.cause) == (Action.RESCAN, "ambient")
    assert "40%" in verdict.reasons[0]
    assert judged(result(evidence("acetone", 0.99), ambient_share=0.4)).verdict is VerdictKind.MATCH


def test_an_unknown_says_which_bands_speak_against_the_nearest() -> None:
    bands = Contradiction(only_spectrum=(1003.0,), only_reference=(620.0, 880.0))
    found = replace(result(evidence("acetone", 0.5)), contradiction=bands)
    verdict = judged(found)
    assert "bands that Acetone lacks, at 1003 and lacks bands that Acetone has, at 620, 880 cm-1" in verdict.reasons[2]
    assert (verdict.candidates[0].only_spectrum, verdict.candidates[0].only_reference) == ((1003.0,), (620.0, 880.0))
    assert not any("Nearest" in one for one in judged(replace(found, evidence=(evidence("acetone", 0.99),))).reasons)


def test_an_unknown_that_is_nearest_to_a_published_table_is_not_read_as_ruled_out() -> None:
    drawn = replace(evidence("naphthalene", 0.8, grade="published"), origin="bands")
    bands = Contradiction(only_spectrum=(1626.0,), only_reference=())
    assert any("does not rule it out" in one for one in judged(replace(result(drawn), contradiction=bands)).reasons)
    measured = replace(result(evidence("naphthalene", 0.8)), contradiction=bands)
    assert not any("rule it out" in one for one in judged(measured).reasons)


def test_a_loosened_quality_gate_states_no_rate_and_says_so() -> None:
    known = Calibration(null=NullScores(scores=np.linspace(0.1, 0.8, 199), entries=1), entries=1)
    found = replace(result(evidence("acetone", 0.99)), calibration=known)

    def made(limits: Limits) -> Verdict:
        return decide(
            found,
            library=LIBRARY,
            jurisdictions=("UN88",),
            at=AT,
            recipe="r",
            controls_at=lambda *asked: (),
            limits=limits,
        )

    assert made(Limits()).false_alarm is not None
    loose = made(Limits(saturated=0.5))
    assert loose.false_alarm is None
    assert any("No false-alarm rate is stated" in reason for reason in loose.reasons)


@pytest.mark.parametrize("entries", [2, 100])
def test_a_library_small_enough_for_a_rate_may_name_something(entries: int) -> None:
    assert in_a_library_of(entries).verdict is VerdictKind.MATCH


@pytest.mark.parametrize("entries", [101, 200, 1_000_000])
def test_nothing_is_named_from_a_library_too_large_for_any_rate(entries: int) -> None:
    """However well it fits: among so many something always does."""
    verdict = in_a_library_of(entries)
    assert (verdict.verdict, verdict.action) == (VerdictKind.UNKNOWN, Action.SEND_TO_LAB)
    said = [reason for reason in verdict.reasons if f"{entries:,} references" in reason]
    assert len(said) == 1
    assert "n 199 cannot state" in said[0]
    assert not any("come as near" in reason for reason in verdict.reasons)


def in_a_library_of(entries: int) -> Verdict:
    pool = Calibration(null=NullScores(scores=np.linspace(0.1, 0.8, 199), entries=1), entries=entries)
    best = replace(evidence("acetone", 0.999), p_value=pool.p_value(0.999))
    bands = Contradiction(only_spectrum=(1000.0,), only_reference=())
    return judged(replace(result(best), calibration=pool, contradiction=bands))


def test_a_rate_above_the_one_asked_for_is_said_where_something_is_named() -> None:
    few = Calibration(null=NullScores(scores=np.linspace(0.1, 0.8, 9), entries=1), entries=1)
    named = judged(replace(result(evidence("acetone", 0.99)), calibration=few))
    assert any("The false-alarm rate is 10.0% and not the 1.0% asked for: n 9" in reason for reason in named.reasons)
