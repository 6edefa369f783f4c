import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan.match import MatchOptions
from quayscan.verdict.naming import best_per_substance, candidates, named_evidence
from quayscan.verdict.verdict import VerdictKind

from .fakes import evidence, result

OPTIONS = MatchOptions()


def alone(substance: str) -> frozenset[str]:
    return frozenset({substance})


def together(substance: str) -> frozenset[str]:
    return frozenset({"a", "b"}) if substance in "ab" else frozenset({substance})


def at(distance: float) -> float:
    return float(np.tanh(distance))


def test_a_clear_best_is_a_match() -> None:
    ranked = (evidence("a", at(2.5)), evidence("b", at(1.9)))
    assert named_evidence(ranked, OPTIONS, alone) == (VerdictKind.MATCH, ranked[:1])


def test_a_close_second_of_another_group_makes_it_ambiguous_even_under_the_threshold() -> None:
    ranked = (evidence("a", at(1.6)), evidence("b", at(1.2)), evidence("c", at(1.0)))
    assert named_evidence(ranked, OPTIONS, alone) == (VerdictKind.AMBIGUOUS, ranked[:2])


def test_members_of_one_group_are_one_answer() -> None:
    ranked = (evidence("a", at(2.5)), evidence("b", at(2.4)))
    assert named_evidence(ranked, OPTIONS, together) == (VerdictKind.MATCH, ranked[:1])


def test_a_group_beside_a_stranger_names_all_of_them() -> None:
    ranked = (evidence("a", at(2.5)), evidence("b", at(2.4)), evidence("c", at(2.3)))
    kind, named = named_evidence(ranked, OPTIONS, together)
    assert kind is VerdictKind.AMBIGUOUS
    assert [one.substance for one in named] == ["a", "b", "c"]


def test_under_the_threshold_nothing_is_named() -> None:
    ranked = (evidence("a", OPTIONS.threshold - 1e-6),)
    assert named_evidence(ranked, OPTIONS, alone) == (VerdictKind.UNKNOWN, ())
    assert named_evidence((), OPTIONS, alone) == (VerdictKind.UNKNOWN, ())


def test_the_best_entry_speaks_for_a_substance() -> None:
    found = result(evidence("a", 0.9, entry=3), evidence("a", 0.8, entry=1), evidence("b", 0.7, entry=2))
    assert [one.entry for one in best_per_substance(found)] == [3, 2]


def test_five_are_shown_and_named_ones_beyond_them_too() -> None:
    ranked = tuple(evidence(name, 0.99) for name in "abcdefg")
    assert [one.substance for one in candidates(ranked, ())] == list("abcde")
    shown = candidates(ranked, ranked[:6])
    assert [one.substance for one in shown] == list("abcdef")
    assert all(one.named for one in shown)


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=8))
def test_the_names_never_leave_a_better_one_out(scores: list[float]) -> None:
    ranked = tuple(evidence(f"s{at}", score) for at, score in enumerate(sorted(scores, reverse=True)))
    kind, named = named_evidence(ranked, OPTIONS, alone)
    assert named == ranked[: len(named)]
    assert (kind is VerdictKind.UNKNOWN) == (not named) == (ranked[0].score < OPTIONS.threshold)


@pytest.mark.parametrize("score", [1.0, 0.99999])
def test_a_perfect_score_has_a_finite_distance(score: float) -> None:
    kind, _ = named_evidence((evidence("a", score), evidence("b", 0.5)), OPTIONS, alone)
    assert kind is VerdictKind.MATCH
