"""A wall measured empty on the same unit is a component."""

from __future__ import annotations

import pytest

from quayscan.library import Library
from quayscan.match.mixture import MixtureOptions
from quayscan.spectrum import Spectrum

from ..drawing import SUBSTANCES, measured
from .drawn_mixtures import names, unmixed

PLASTIC = {560.0: 0.4, 1063.0: 0.8, 1130.0: 0.9, 1296.0: 1.0, 1441.0: 0.9}
OPTIONS = MixtureOptions()


def _empty(seed: int = 5) -> Spectrum:
    return measured(PLASTIC, seed=seed)


def _through(name: str, part: float, seed: int = 6) -> Spectrum:
    contents = {centre: part * height for centre, height in SUBSTANCES[name].items()}
    return measured({**PLASTIC, **contents}, seed=seed)


@pytest.mark.parametrize("part", [0.5, 0.1])
@pytest.mark.parametrize("name", ["alpha", "gamma", "epsilon"])
def test_the_contents_are_named_and_the_wall_has_the_rest(drawn_library: Library, name: str, part: float) -> None:
    found = unmixed(_through(name, part), drawn_library, wall=_empty())
    assert names(found) == [name]
    assert found.explains_contents(OPTIONS)
    assert found.wall is not None
    assert found.wall.share + found.ingredients[0].share == pytest.approx(1.0)


def test_an_empty_container_hides_whatever_it_has(drawn_library: Library) -> None:
    found = unmixed(_empty(seed=8), drawn_library, wall=_empty())
    assert names(found) == []
    assert found.hidden(OPTIONS)


def test_contents_that_the_library_lacks_are_not_explained(without_alpha: Library) -> None:
    found = unmixed(_through("alpha", 0.5), without_alpha, wall=_empty())
    assert not (found.ingredients and found.explains_contents(OPTIONS))
    assert not found.hidden(OPTIONS)


def test_a_wall_scanned_at_a_slightly_other_focus_still_names_the_contents(drawn_library: Library) -> None:
    moved = measured(PLASTIC, seed=5, offset=0.4, height=3000.0)
    assert names(unmixed(_through("alpha", 0.2), drawn_library, wall=moved)) == ["alpha"]


def test_without_a_wall_scan_nothing_is_said_about_a_wall(drawn_library: Library) -> None:
    found = unmixed(measured(SUBSTANCES["alpha"]), drawn_library)
    assert found.wall is None
    assert found.wall_chi is None
    assert not found.hidden(OPTIONS)
    assert not found.explains_contents(OPTIONS)
