import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quayscan.library import Library
from quayscan.match import MatchOptions, match
from quayscan.preprocess import prepare

from .drawing import SUBSTANCES, measured, query

THRESHOLD = MatchOptions().threshold


@pytest.mark.parametrize("name", SUBSTANCES)
def test_every_substance_is_found_in_its_library(drawn_library: Library, name: str) -> None:
    result = match(query(name, offset=4.0), drawn_library)
    best = result.evidence[0]
    assert (best.substance, best.grade, best.origin) == (name, "measured", "spectrum")
    assert best.score >= THRESHOLD
    assert best.shift_cm1 == pytest.approx(4.0, abs=0.5)
    assert result.background_chi > 100.0


def test_a_substance_that_is_not_in_the_library_stays_under_the_threshold(without_alpha: Library) -> None:
    assert match(query("alpha"), without_alpha).evidence[0].score < THRESHOLD


def test_a_mixture_stays_under_the_threshold(drawn_library: Library) -> None:
    both = dict(SUBSTANCES["delta"])
    for shift, height in SUBSTANCES["gamma"].items():
        both[shift] = height
    assert match(prepare(measured(both)), drawn_library).evidence[0].score < THRESHOLD


def test_evidence_is_sorted_and_complete(drawn_library: Library) -> None:
    evidence = match(query("beta"), drawn_library).evidence
    scores = [one.score for one in evidence]
    assert scores == sorted(scores, reverse=True)
    assert len(evidence) >= 5
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert all(drawn_library.references[one.entry].substance == one.substance for one in evidence)


def test_the_same_input_gives_the_same_evidence(drawn_library: Library) -> None:
    assert match(query("gamma"), drawn_library) == match(query("gamma"), drawn_library)


@settings(max_examples=15, deadline=None)
@given(st.floats(1e-3, 1e4), st.sampled_from(sorted(SUBSTANCES)))
def test_the_unit_of_the_intensity_does_not_matter(drawn_library: Library, unit: float, name: str) -> None:
    spectrum = measured(SUBSTANCES[name])
    scaled = prepare(spectrum.with_intensity(unit * spectrum.intensity))
    first = match(prepare(spectrum), drawn_library).evidence
    second = match(scaled, drawn_library).evidence
    assert [one.entry for one in first] == [one.entry for one in second]
    np.testing.assert_allclose([one.score for one in first], [one.score for one in second], atol=1e-6)
