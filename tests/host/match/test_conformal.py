"""p-values from a pool of wrong scores, and the rate that they can state."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan.errors import UsageError
from quayscan.match import MatchOptions, recipe_id
from quayscan.match.conformal import Calibration, NullScores, calibration_sha256, null_scores, pool_of


def pool(scores: list[float], entries: int = 10) -> NullScores:
    return NullScores(scores=np.sort(np.array(scores)), entries=entries)


def test_a_score_that_k_of_n_wrong_ones_reach_has_k_plus_one_of_n_plus_one() -> None:
    null = pool([0.1, 0.2, 0.3, 0.4])
    assert [null.p_value(score, 10) for score in (0.5, 0.4, 0.25, 0.0)] == [1 / 5, 2 / 5, 3 / 5, 5 / 5]


def test_no_rate_below_one_in_n_plus_one_is_ever_stated() -> None:
    calibration = Calibration(null=pool([0.1] * 99), entries=10)
    assert (calibration.n, calibration.smallest) == (99, 0.01)
    assert calibration.kept_rate(0.001) == 0.01
    assert calibration.kept_rate(0.05) == 0.05
    assert calibration.p_value(1.0) == 0.01


def test_a_larger_library_multiplies_the_p_value_and_a_smaller_one_does_not_divide_it() -> None:
    null = pool([0.1] * 99)
    assert null.p_value(1.0, 50) == pytest.approx(0.05)
    assert null.p_value(1.0, 5) == pytest.approx(0.01)
    assert null.p_value(0.0, 1000) == 1.0
    assert Calibration(null=null, entries=100_000).smallest == 1.0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.floats(0.01, 0.5), st.integers(0, 2**31))
def test_of_exchangeable_scores_no_more_than_the_rate_come_out_significant(
    scores: list[float], rate: float, seed: int
) -> None:
    """Each score against the pool of the others: at most rate times n of them, by counting."""
    significant = 0
    for at in range(len(scores)):
        others = pool(scores[:at] + scores[at + 1 :] or [0.0])
        significant += others.p_value(scores[at], 10) <= rate and len(scores) > 1
    assert significant <= rate * len(scores) + 1e-9


def test_the_shipped_pools_hold_what_they_say() -> None:
    for channel, shipped, entries in (("measured", True, 85), ("measured", False, 79)):
        null = null_scores(channel, shipped)  # type: ignore[arg-type]  # a channel
        assert null.n >= 120
        assert null.scores.size >= 170
        assert null.substances == 38
        assert null.entries == entries
        assert null.smallest(entries) < MatchOptions().rate
    assert null_scores("computed", True).n >= 120


def test_copies_of_one_sample_count_as_one_however_many_there_are() -> None:
    def row(instrument: str, score: float) -> dict[str, str]:
        what = {"instrument": instrument, "substance": "acetone", "noise": "", "chi": "100", "entries": "10"}
        return {**what, "score": str(score)}

    null = pool_of([*(row("one", score) for score in (0.2, 0.4, 0.6, 0.8)), row("two", 0.5)])
    assert (null.n, null.substances) == (2, 1)
    assert null.p_value(0.9, 10) == pytest.approx(1 / 3)
    assert null.p_value(0.7, 10) == pytest.approx((1 + 1 / 4) / 3)
    assert null.p_value(0.5, 10) == pytest.approx((1 + 2 / 4 + 1) / 3)


def test_a_faint_spectrum_is_judged_by_as_many_samples_and_not_by_their_noise_copies() -> None:
    clear, faint = null_scores("measured", True), null_scores("measured", True, faint=True)
    assert faint.n == clear.n < faint.scores.size / 3


def test_the_pool_is_part_of_the_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    before = recipe_id(MatchOptions())
    assert len(calibration_sha256()) == 64
    monkeypatch.setattr("quayscan.match.options.calibration_sha256", lambda: "another")
    assert recipe_id(MatchOptions()) != before


@pytest.mark.parametrize("rate", [0.0, -0.1, 0.6, 1.0, float("nan")])
def test_a_rate_that_makes_no_sense_is_refused(rate: float) -> None:
    with pytest.raises(UsageError, match="false-alarm rate"):
        MatchOptions(rate=rate)


def test_other_constants_than_the_calibrated_ones_have_no_calibration() -> None:
    assert MatchOptions().calibrated
    assert MatchOptions(rate=0.2).calibrated
    assert not MatchOptions(margin=0.4).calibrated
