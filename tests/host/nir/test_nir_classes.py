"""Classes, the spread of scans, and pools in which no scan has a say in its own case."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from quayscan.library.nir import default_nir_library
from quayscan.match.nir.classes import (
    DOUBT,
    LEAST_SESSIONS,
    SESSION,
    centres_of,
    classes_of,
    weight_of,
    weighted_cosines,
)
from quayscan.match.nir.pools import NEARER_WRONG, ScorePools, pools_of, shipped_pools
from quayscan.match.nir.spread import SPREAD_FLOOR, shipped_spread

from .drawn_powders import POWDERS, library


def test_weighted_cosines_are_those_of_a_slow_loop() -> None:
    rng = np.random.default_rng(1)
    rows, others, weight = rng.normal(size=(4, 9)), rng.normal(size=(3, 9)), rng.uniform(0.5, 2.0, 9)
    seen = np.array([True] * 7 + [False] * 2)
    found = weighted_cosines(rows, others, weight, seen)
    for i, one in enumerate(rows):
        for j, other in enumerate(others):
            product = sum(w * a * b for w, a, b, s in zip(weight, one, other, seen, strict=True) if s)
            lengths = [sum(w * a * a for w, a, s in zip(weight, x, seen, strict=True) if s) for x in (one, other)]
            assert found[i, j] == pytest.approx(product / np.sqrt(lengths[0] * lengths[1]))


def test_a_class_without_scans_is_like_nothing() -> None:
    centres = centres_of(np.eye(3), np.array([0, 0, 2]), 3)
    assert not centres[1].any()
    assert weighted_cosines(np.eye(3), centres, np.ones(3), np.ones(3, bool))[0, 1] == -1.0


def test_the_weight_is_one_over_the_variance_of_scans_around_their_centres() -> None:
    curves = np.array([[1.0, 2.0], [3.0, 2.0], [5.0, 6.0], [5.0, 10.0]])
    centres, label = np.array([[2.0, 2.0], [5.0, 8.0]]), np.array([0, 0, 1, 1])
    variance = np.array([0.5, 2.0])  # (1 + 1 + 0 + 0) / 4 and (0 + 0 + 4 + 4) / 4
    expected = 1.0 / (variance + SPREAD_FLOOR * variance.mean())
    np.testing.assert_allclose(weight_of(curves, centres, label), expected)


def test_a_library_of_several_operators_weighs_by_its_own_spread_and_one_of_few_by_the_shipped_one() -> None:
    assert classes_of(library(sessions=LEAST_SESSIONS)).own_spread
    few = classes_of(library(sessions=LEAST_SESSIONS - 1))
    assert not few.own_spread
    np.testing.assert_array_equal(few.weight, 1.0 / shipped_spread())
    assert pools_of(library(sessions=LEAST_SESSIONS - 1)) is shipped_pools()


def test_an_entry_in_doubt_has_no_say_unless_its_substance_has_no_other() -> None:
    whole = library(sessions=3, repeats=1)
    doubted = [
        replace(one, provenance={**one.provenance, DOUBT: "x"})
        if (one.substance, one.provenance[SESSION]) == ("alpha", "1") or one.substance == "beta"
        else one
        for one in whole.references
    ]
    classes = classes_of(replace(whole, references=tuple(doubted)))
    left = [whole.references[row].substance for row in classes.rows]
    assert {name: left.count(name) for name in POWDERS} == {"alpha": 2, "beta": 3, "gamma": 3, "delta": 3}


def test_pools_are_those_of_a_slow_loop_that_leaves_each_session_out() -> None:
    whole = library(sessions=3, repeats=2)
    classes = classes_of(whole)
    right, wrong = [], []
    for row, one in enumerate(whole.references):
        others = [at for at, each in enumerate(whole.references) if each.provenance[SESSION] != one.provenance[SESSION]]
        label = classes.label[others]
        centres = centres_of(classes.curves[others], label, len(POWDERS))
        weight = weight_of(classes.curves[others], centres, label)
        everywhere = np.ones(classes.curves.shape[1], bool)
        scores = weighted_cosines(classes.curves[[row]], centres, weight, everywhere)[0]
        right.append(scores[classes.label[row]])
        wrong.append(np.delete(scores, classes.label[row]).max())
    pools = pools_of(whole)
    np.testing.assert_allclose(pools.right, np.sort(right))
    np.testing.assert_allclose(pools.wrong, np.sort(wrong))
    highest = [max(w for w, at in zip(wrong, classes.label, strict=True) if at == one) for one in range(len(POWDERS))]
    np.testing.assert_allclose(pools.strangers, np.sort(highest))
    assert pools.classes == len(POWDERS) - 1


def test_the_threshold_lies_between_wrong_and_right_scores() -> None:
    pools = ScorePools(
        right=np.full(100, np.tanh(3.0)), wrong=np.full(100, np.tanh(1.0)), strangers=np.array([0.7]), classes=3
    )
    assert np.arctanh(pools.threshold()) == pytest.approx(1.0 + NEARER_WRONG * 2.0)


def test_where_right_and_wrong_overlap_the_threshold_keeps_the_wrong_ones_out() -> None:
    pools = ScorePools(right=np.full(100, 0.5), wrong=np.full(100, 0.8), strangers=np.array([0.7]), classes=3)
    assert pools.threshold() == pytest.approx(0.8)


def test_one_odd_scan_does_not_move_the_threshold() -> None:
    right = np.full(300, 0.99)
    clean = ScorePools(right=right, wrong=np.full(300, 0.7), strangers=np.array([0.7]), classes=3).threshold()
    right[0] = 0.1
    assert ScorePools(
        right=right, wrong=np.full(300, 0.7), strangers=np.array([0.7]), classes=3
    ).threshold() == pytest.approx(clean)


def test_what_ships_has_every_substance_and_a_threshold_that_scans_reach() -> None:
    classes, pools = classes_of(default_nir_library()), shipped_pools()
    assert pools.classes == len(classes.substances) - 1
    assert pools.wrong.max() < pools.threshold() < pools.right.min()
