from __future__ import annotations

import pytest

from quayscan.library import Library
from quayscan.match import MatchOptions, match
from quayscan.match.match import target_of
from quayscan.match.mixture.together import sum_score
from quayscan.preprocess import prepare

from ..drawing import SUBSTANCES, measured
from .drawn_mixtures import pursuit, start, unmixed


@pytest.mark.parametrize("name", ["alpha", "delta"])
def test_a_substance_that_stays_alone_keeps_its_score_which_is_that_of_its_sum(
    name: str, drawn_library: Library
) -> None:
    spectrum = measured(SUBSTANCES[name])
    features = prepare(spectrum)
    best = match(features, drawn_library).evidence[0]
    found = unmixed(spectrum, drawn_library)
    assert [one.substance for one in found.ingredients] == [name]
    assert found.score == best.score
    alone = start(pursuit(features, drawn_library), best.entry)
    by_sum = sum_score(target_of(features), alone, drawn_library, None, MatchOptions())
    assert by_sum == pytest.approx(best.score, abs=1e-3)  # the sum is one reference at another scale
