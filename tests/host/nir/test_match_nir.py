"""A scan is named, a stranger is not, and the evidence says why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from quayscan.errors import LibraryError
from quayscan.library import default_library
from quayscan.library.nir import default_nir_library
from quayscan.match import MatchOptions
from quayscan.match.nir import match_nir, nir_recipe_id
from quayscan.match.prepared import groups_of
from quayscan.pipeline import Request, identify
from quayscan.preprocess.nir import prepare_nir
from quayscan.verdict import DeclaredAnswer, VerdictKind

from .drawn_powders import AXIS, NOISE, POWDERS, library, scan


@pytest.fixture(scope="module")
def whole():
    return library()


@pytest.mark.parametrize("powder", POWDERS)
@pytest.mark.parametrize("step", [1.0, 3.7, 5.5])
def test_a_scan_on_any_axis_is_named(whole, powder: str, step: float) -> None:
    verdict = identify(scan(powder, 77, axis=np.arange(905.0, 1696.0, step)), whole)
    assert (verdict.verdict, verdict.candidates[0].substance) == (VerdictKind.MATCH, powder)


@pytest.mark.parametrize("powder", POWDERS)
def test_a_substance_that_the_library_lacks_is_unknown(powder: str) -> None:
    rest = library(powders=tuple(name for name in POWDERS if name != powder))
    assert identify(scan(powder, 77), rest).verdict is VerdictKind.UNKNOWN


def test_the_evidence_has_each_class_once_and_a_row_of_that_class(whole) -> None:
    result = match_nir(prepare_nir(scan("beta", 5)), whole)
    assert sorted(one.substance for one in result.evidence) == sorted(POWDERS)
    assert all(whole.references[one.entry].substance == one.substance for one in result.evidence)
    scores = [one.score for one in result.evidence]
    assert scores == sorted(scores, reverse=True)
    assert result.evidence[0].p_value == result.calibration.smallest
    assert result.technique == "NIR"


def test_the_verdict_states_the_trials_behind_its_rate_and_no_rate_below_what_they_can_tell(whole) -> None:
    verdict = identify(scan("beta", 5), whole, request=Request(options=MatchOptions(rate=0.001)))
    assert verdict.false_alarm.n == len(POWDERS)  # a case a substance, however many scans it has
    assert verdict.false_alarm.rate == verdict.false_alarm.smallest >= 1 / (len(POWDERS) + 1)


def test_a_score_under_the_classes_own_threshold_names_nothing_whatever_the_rate(whole) -> None:
    mixed = scan("alpha", 3).with_intensity(0.55 * scan("alpha", 3).intensity + 0.45 * scan("beta", 4).intensity)
    result = match_nir(prepare_nir(mixed), whole)
    assert result.evidence[0].score < result.least_score
    loose = Request(options=MatchOptions(rate=0.5))
    assert identify(mixed, whole, request=loose).verdict is VerdictKind.UNKNOWN


def test_what_cannot_be_told_apart_is_a_set() -> None:
    twin = library()
    renamed = [
        replace(one, substance="alpha-2") if int(one.provenance["session"]) % 2 else one for one in twin.references
    ]
    few = [one for one in range(len(twin)) if twin.references[one].substance == "alpha"]
    references = tuple(renamed[at] if at in few else one for at, one in enumerate(twin.references))
    verdict = identify(scan("alpha", 9), replace(twin, references=references))
    named = {one.substance for one in verdict.candidates if one.named}
    assert named <= {"alpha", "alpha-2"}
    assert verdict.verdict in (VerdictKind.AMBIGUOUS, VerdictKind.UNKNOWN)


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"defect": "lamp"}, "lamp-missing"),
        ({"defect": "reference"}, "reference-missing"),
        ({"saturated_fraction": 0.02}, "saturated"),
        ({"intensity": 0.1 + np.random.default_rng(1).normal(0, NOISE, AXIS.size)}, "weak"),
        ({"intensity": 2.4 + np.random.default_rng(1).normal(0, 0.02, AXIS.size)}, "no-signal"),
    ],
)
def test_what_cannot_decide_says_its_cause_and_remedy(whole, change: dict[str, object], cause: str) -> None:
    verdict = identify(replace(scan("alpha", 1), **change), whole)
    assert (verdict.verdict, verdict.cause) == (VerdictKind.INADEQUATE, cause)
    assert not any(one.named for one in verdict.candidates)
    assert len(verdict.reasons) >= 2


def test_an_axis_that_covers_too_little_is_inadequate(whole) -> None:
    verdict = identify(scan("alpha", 1, axis=np.arange(1100.0, 1650.0, 4.0)), whole)
    assert (verdict.verdict, verdict.cause) == (VerdictKind.INADEQUATE, "axis")


@pytest.mark.parametrize(
    ("goods", "answer"), [("alpha", DeclaredAnswer.CONSISTENT), ("beta", DeclaredAnswer.NOT_CONSISTENT)]
)
def test_declared_goods_are_tested_by_the_same_evidence(whole, goods: str, answer: DeclaredAnswer) -> None:
    verdict = identify(scan("alpha", 1), whole, request=Request(declared=goods))
    assert verdict.declared.answer is answer
    assert verdict.declared.n == len(whole)


def test_each_technique_gets_its_own_shipped_library() -> None:
    nir = identify(scan("alpha", 1), default_library())
    assert nir.library_sha256 == default_nir_library().sha256
    assert nir.verdict is VerdictKind.UNKNOWN
    assert nir.recipe.startswith("nir-1:")


def test_a_library_of_the_other_technique_is_refused(whole) -> None:
    raman = replace(default_library(), seal=whole.seal)
    with pytest.raises(LibraryError, match="Raman"):
        identify(scan("alpha", 1), raman)
    with pytest.raises(LibraryError, match="near infrared"):
        match_nir(prepare_nir(scan("alpha", 1)), raman)
    with pytest.raises(LibraryError, match="Raman spectra only"):
        groups_of(whole)


def test_the_recipe_changes_with_what_decides_and_with_nothing_else() -> None:
    plain = nir_recipe_id(MatchOptions())
    assert nir_recipe_id(MatchOptions(screen_top=9)) == plain
    assert len({plain, nir_recipe_id(MatchOptions(rate=0.02)), nir_recipe_id(MatchOptions(margin=0.4))}) == 3
