import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan.library import Library, Reference, from_spectra
from quayscan.match.declared import DeclaredStandard, declared_evidence, shipped_standard, shipped_trials, standard_of

from .drawing import SUBSTANCES, entry, measured, query

TRIALS = [
    {"truth": "yes", "score": "0.99"},
    {"truth": "no", "score": "0.80"},
    {"truth": "yes", "score": "0.97"},
    {"truth": "no", "score": "0.60"},
]


def standard(*scores: float) -> DeclaredStandard:
    return DeclaredStandard(true_scores=np.sort(np.array(scores)), threshold=0.9)


def test_the_p_value_is_the_share_of_true_declarations_that_score_no_better() -> None:
    pool = standard(0.95, 0.97, 0.98, 0.99)
    assert [pool.p_value(score) for score in (0.5, 0.96, 0.98, 1.0)] == [1 / 5, 2 / 5, 4 / 5, 1.0]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0, 1), st.floats(0, 1))
def test_a_better_score_never_has_a_smaller_p_value_and_none_is_under_the_smallest(
    scores: list[float], one: float, other: float
) -> None:
    pool = standard(*scores)
    low, high = sorted((one, other))
    assert 1 / (pool.n + 1) <= pool.p_value(low) <= pool.p_value(high) <= 1


def test_the_threshold_lies_in_the_middle_between_false_and_true_declarations() -> None:
    found = standard_of(TRIALS)
    assert found.n == 2
    assert np.arctanh(found.threshold) == pytest.approx((np.arctanh(0.97) + np.arctanh(0.80)) / 2)


def test_the_trials_that_ship_part_true_from_false_declarations() -> None:
    shipped = shipped_standard()
    false = [float(row["score"]) for row in shipped_trials() if row["truth"] == "no"]
    assert shipped.n >= 100
    assert max(false) < shipped.threshold < shipped.true_scores[0]
    assert len({row["instrument"] for row in shipped_trials()}) >= 6


def test_evidence_is_for_the_declared_references_alone_however_badly_they_fit(drawn_library: Library) -> None:
    found = declared_evidence(query("alpha"), drawn_library, frozenset({"alpha", "delta"}))
    assert [one.substance for one in found] == ["alpha", "delta"]
    assert found[0].score > 0.95 > 0.6 > found[1].score
    assert declared_evidence(query("alpha"), drawn_library, frozenset({"unheard of"})) == ()


def test_a_computed_reference_neither_confirms_nor_refutes() -> None:
    rough = Reference(substance="alpha", name="computed alpha", grade="computed")
    library = from_spectra(
        [entry(name) for name in SUBSTANCES if name != "alpha"] + [(measured(SUBSTANCES["alpha"]), rough)], name="x"
    )
    assert declared_evidence(query("alpha"), library, frozenset({"alpha"})) == ()
