"""What combinations and walls make of a verdict about single substances."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from quayscan.library import Reference
from quayscan.match import Evidence, MatchOptions
from quayscan.match.mixture import Ingredient, MixtureOptions, Unmixed, WallShare
from quayscan.verdict import Action, MixtureRules, Verdict, VerdictKind, with_mixture

from .fakes import LIBRARY, Laws, Status, evidence, judged, result

NAMES = ("toluene", "acetone", "polyethylene", "water", "piperonal")
BIG = replace(
    LIBRARY,
    references=tuple(Reference(substance=name, name=name.title(), grade="measured") for name in NAMES),
    spectra=np.zeros((len(NAMES), 951), dtype=np.float32),
    coverage=np.tile(np.array([[0, 951]], dtype=np.int32), (len(NAMES), 1)),
)
LAWS: Laws = {"toluene": (Status(regime="UN88"),), "piperonal": (Status(regime="UN88", list="Table I"),)}


def ingredient(substance: str, share: float, *, rivals: tuple[str, ...] = ()) -> Ingredient:
    return Ingredient(
        entry=NAMES.index(substance),
        substance=substance,
        name=substance.title(),
        grade="measured",
        share=share,
        low=0.8 * share,
        high=min(1.2 * share, 1.0),
        deviations=6.0,
        shift_cm1=0.0,
        rivals=tuple(NAMES.index(one) for one in rivals),
    )


def unmixed(*parts: Ingredient, wall: bool = False, **changed: object) -> Unmixed:
    fields: dict[str, object] = {
        "ingredients": parts,
        "wall": WallShare(share=0.6, low=0.4, high=0.8) if wall else None,
        "chi": 1.0,
        "wall_chi": 200.0 if wall else None,
        "score": 0.99,
        "limits": np.array([0.03, 0.04, 0.05, 0.06, 0.12]),
    }
    return Unmixed(**{**fields, **changed})  # type: ignore[arg-type]  # the fields of Unmixed by name


def decided(found: Unmixed, *single: Evidence) -> Verdict:
    verdict = judged(result(*(single or (evidence("toluene", 0.8),))), LAWS)
    rules = MixtureRules(
        library=BIG,
        options=MixtureOptions(),
        single=MatchOptions(),
        controls_at=lambda substance, at: LAWS.get(substance, (Status(regime="UN88", state="not_listed"),)),
        group_of=lambda substance: frozenset({substance}),
    )
    return with_mixture(verdict, found, rules)


def test_two_substances_that_explain_it_together_are_a_mixture_with_ranges() -> None:
    verdict = decided(unmixed(ingredient("acetone", 0.7), ingredient("water", 0.3)))
    assert verdict.verdict is VerdictKind.MIXTURE
    assert [(one.substance, one.role) for one in verdict.components] == [("acetone", "contents"), ("water", "contents")]
    assert verdict.components[0].low == pytest.approx(0.56)
    assert "net band area, not weight" in verdict.reasons[0]


def test_a_mixture_and_what_lies_behind_a_wall_state_the_rate_that_was_counted_and_its_n() -> None:
    mixture = decided(unmixed(ingredient("acetone", 0.7), ingredient("water", 0.3)))
    wall = decided(unmixed(ingredient("acetone", 0.4), wall=True))
    for verdict, rule in ((mixture, "mixture"), (wall, "wall")):
        kept = verdict.false_alarm
        assert kept is not None
        assert (kept.trials, kept.p_value) == (rule, None)
        assert 1 / (kept.n + 1) <= kept.smallest < kept.rate < 0.5
        assert any(f"in {kept.rate:.0%} of samples (n {kept.n}" in reason for reason in verdict.reasons)


@pytest.mark.parametrize("wall", [False, True])
def test_no_mixture_is_named_from_a_library_so_large_that_wrong_ones_would_be(
    wall: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quayscan.verdict.counted.compared_rows", lambda library: np.arange(20_000))
    verdict = decided(unmixed(ingredient("acetone", 0.7), ingredient("water", 0.3), wall=wall))
    assert (verdict.verdict, verdict.action) == (VerdictKind.UNKNOWN, Action.SEND_TO_LAB)
    assert "in more than half of samples" in verdict.reasons[0]
    assert not [one for one in verdict.components if one.role == "contents"]
    assert not [one for one in verdict.candidates if one.named]


def test_other_constants_state_no_rate_and_say_so() -> None:
    rules = MixtureRules(library=BIG, options=MixtureOptions(significance=3.0), single=MatchOptions())
    single = judged(result(evidence("acetone", 0.8)))
    verdict = with_mixture(single, unmixed(ingredient("acetone", 0.7), ingredient("water", 0.3)), rules)
    assert verdict.false_alarm is None
    assert sum("No false-alarm rate is stated" in reason for reason in verdict.reasons) == 1


def test_a_controlled_minor_component_gives_an_alert() -> None:
    verdict = decided(unmixed(ingredient("acetone", 0.9), ingredient("toluene", 0.1)))
    assert verdict.action is Action.ALERT
    assert [one.substance for one in verdict.controls] == ["toluene"]


def test_so_does_a_component_that_could_be_a_controlled_one() -> None:
    verdict = decided(unmixed(ingredient("acetone", 0.9), ingredient("water", 0.1, rivals=("toluene",))))
    minor = verdict.components[1]
    assert verdict.action is Action.ALERT
    assert (minor.substance, minor.alternatives) == ("", ("water", "toluene"))
    assert minor.name == "Water or Toluene"


@pytest.mark.parametrize("changed", [{"chi": 5.0}, {"score": 0.85}])
def test_a_combination_that_leaves_too_much_names_nothing(changed: dict[str, object]) -> None:
    verdict = decided(unmixed(ingredient("acetone", 0.7), ingredient("water", 0.3), **changed))
    assert verdict.verdict is VerdictKind.UNKNOWN
    assert verdict.components == ()


def test_a_minor_component_turns_a_match_into_a_mixture() -> None:
    verdict = decided(unmixed(ingredient("acetone", 0.9), ingredient("water", 0.1)), evidence("acetone", 0.98))
    assert verdict.verdict is VerdictKind.MIXTURE
    assert {one.substance for one in verdict.candidates if one.named} == {"acetone", "water"}


def test_one_substance_behind_plastic_is_a_match_and_the_container_is_told() -> None:
    verdict = decided(unmixed(ingredient("polyethylene", 0.6), ingredient("acetone", 0.4)))
    assert verdict.verdict is VerdictKind.MATCH
    assert [(one.substance, one.role) for one in verdict.components] == [
        ("acetone", "contents"),
        ("polyethylene", "container"),
    ]
    assert [one.substance for one in verdict.candidates if one.named] == ["acetone"]
    assert any("Measured through Polyethylene" in reason for reason in verdict.reasons)


def test_a_plastic_alone_may_be_the_container() -> None:
    verdict = decided(unmixed(ingredient("polyethylene", 1.0)), evidence("polyethylene", 0.99))
    assert verdict.verdict is VerdictKind.MATCH
    assert any("--wall-first" in reason for reason in verdict.reasons)


def test_the_single_match_is_left_alone_when_nothing_else_is_there() -> None:
    verdict = decided(unmixed(ingredient("acetone", 1.0)), evidence("acetone", 0.98))
    assert verdict.verdict is VerdictKind.MATCH
    assert verdict.components == ()


def test_contents_behind_a_scanned_wall_are_named_and_the_wall_reported() -> None:
    verdict = decided(unmixed(ingredient("acetone", 0.4), wall=True))
    assert verdict.verdict is VerdictKind.MATCH
    assert [one.role for one in verdict.components] == ["contents", "container"]


def test_contents_that_could_be_two_substances_are_ambiguous() -> None:
    verdict = decided(unmixed(ingredient("acetone", 0.4, rivals=("water",)), wall=True))
    assert verdict.verdict is VerdictKind.AMBIGUOUS


def test_a_wall_that_leaves_nothing_hides_the_contents() -> None:
    verdict = decided(unmixed(wall=True, wall_chi=1.1), evidence("polyethylene", 0.99))
    assert (verdict.verdict, verdict.action, verdict.cause) == (VerdictKind.INADEQUATE, Action.RESCAN, "wall")
    assert "The wall hides the contents" in verdict.reasons[0]
    assert "open it" in verdict.reasons[1]
    assert not any(one.named for one in verdict.candidates)
    assert verdict.controls == ()


@pytest.mark.parametrize("found", [unmixed(wall=True), unmixed(ingredient("acetone", 0.4), wall=True, chi=4.5)])
def test_what_the_library_cannot_explain_behind_a_wall_is_unknown(found: Unmixed) -> None:
    verdict = decided(found, evidence("toluene", 0.99))
    assert (verdict.verdict, verdict.action) == (VerdictKind.UNKNOWN, Action.SEND_TO_LAB)
    assert verdict.controls == ()


def test_inadequate_data_stays_inadequate() -> None:
    weak = judged(result(evidence("toluene", 0.99), chi=0.5))
    rules = MixtureRules(library=BIG, options=MixtureOptions(), single=MatchOptions())
    found = unmixed(ingredient("acetone", 0.7), ingredient("water", 0.3))
    assert with_mixture(weak, found, rules) is weak


def test_limits_are_told_for_controlled_substances_that_were_not_found() -> None:
    verdict = decided(unmixed(ingredient("acetone", 1.0)), evidence("acetone", 0.98))
    assert [(one.substance, one.share) for one in verdict.detection_limits] == [("piperonal", 0.12), ("toluene", 0.03)]
    assert any("Piperonal 12%, Toluene 3%" in reason for reason in verdict.reasons)
    found = decided(unmixed(ingredient("acetone", 0.9), ingredient("toluene", 0.1)))
    assert [one.substance for one in found.detection_limits] == ["piperonal"]


def test_the_last_sentence_stays_the_last() -> None:
    for found in (unmixed(ingredient("acetone", 1.0)), unmixed(ingredient("acetone", 0.7), ingredient("water", 0.3))):
        assert decided(found, evidence("acetone", 0.98)).reasons[-1].startswith("This is a field screen")
