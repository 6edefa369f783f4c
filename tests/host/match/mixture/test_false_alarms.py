"""The counted rates of mixtures and walls."""

from __future__ import annotations

import pytest

from quayscan.match.mixture import CountedRate, counted_rate


def test_k_false_of_n_samples_state_k_plus_one_of_n_plus_one() -> None:
    counted = CountedRate(false=2.5, n=49, substances=20, entries=80)
    assert counted.rate(80) == pytest.approx(3.5 / 50)
    assert counted.smallest(80) == pytest.approx(1 / 50)


def test_a_larger_library_multiplies_the_rate_and_a_smaller_one_does_not_divide_it() -> None:
    counted = CountedRate(false=0.0, n=49, substances=20, entries=80)
    assert counted.rate(160) == pytest.approx(2 / 50)
    assert counted.rate(8) == pytest.approx(1 / 50)
    assert counted.rate(100_000) == 1.0


@pytest.mark.parametrize(("rule", "shipped"), [("mixture", False), ("mixture", True), ("wall", False), ("wall", True)])
def test_the_counts_that_ship_hold_what_they_say(rule: str, shipped: bool) -> None:
    counted = counted_rate(rule, shipped=shipped)  # type: ignore[arg-type]  # a rule
    assert counted.n >= 30
    assert 0 < counted.false < counted.n / 4
    assert counted.substances <= counted.n
