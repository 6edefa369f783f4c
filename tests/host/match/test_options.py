from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan.match import MatchOptions, ModelError, recipe_id


def test_the_id_is_stable_and_of_the_documented_form() -> None:
    assert recipe_id(MatchOptions()) == recipe_id(MatchOptions())
    family, digits = recipe_id(MatchOptions()).split(":")
    assert family == "raman-1"
    assert len(digits) == 12
    assert int(digits, 16) >= 0


@pytest.mark.parametrize(
    "changed",
    [
        MatchOptions(threshold=0.5),
        MatchOptions(screen_top=9),
        MatchOptions(model=ModelError(floor=0.02)),
    ],
)
def test_any_other_constant_gives_another_id(changed: MatchOptions) -> None:
    assert recipe_id(changed) != recipe_id(MatchOptions())


def test_constants_of_other_stages_count() -> None:
    assert recipe_id(MatchOptions(), more={"weak_chi": 3.0}) != recipe_id(MatchOptions())


def test_a_constant_of_the_preprocessing_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = recipe_id(MatchOptions())
    monkeypatch.setattr("quayscan.preprocess.resample.SIGMA_CM1", 5.0)
    assert recipe_id(MatchOptions()) != before


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_two_thresholds_share_an_id_only_when_they_are_equal(one: float, other: float) -> None:
    first, second = (recipe_id(replace(MatchOptions(), threshold=value)) for value in (one, other))
    assert (first == second) == (repr(one) == repr(other))
