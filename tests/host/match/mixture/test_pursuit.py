"""The pursuit finds what is there, and stops."""

from __future__ import annotations

import numpy as np
import pytest

from quayscan.library import Library, from_spectra
from quayscan.preprocess import prepare

from ..drawing import SUBSTANCES, entry, measured
from .drawn_mixtures import mixture, names, pursuit, start, unmixed

ROWS = list(SUBSTANCES)


@pytest.mark.parametrize("name", ROWS)
def test_one_substance_stays_one(drawn_library: Library, name: str) -> None:
    assert names(unmixed(measured(SUBSTANCES[name]), drawn_library)) == [name]


@pytest.mark.parametrize(("major", "minor"), [("alpha", "beta"), ("beta", "gamma"), ("delta", "zeta")])
def test_two_substances_are_found_largest_first(drawn_library: Library, major: str, minor: str) -> None:
    assert names(unmixed(mixture({major: 1.0, minor: 0.2}), drawn_library)) == [major, minor]


def test_three_substances_are_found(drawn_library: Library) -> None:
    found = unmixed(mixture({"alpha": 1.0, "delta": 0.6, "epsilon": 0.4}), drawn_library)
    assert sorted(names(found)) == ["alpha", "delta", "epsilon"]


def test_a_fourth_is_beyond_the_limit(drawn_library: Library) -> None:
    parts = {"alpha": 1.0, "delta": 0.8, "epsilon": 0.7, "zeta": 0.6}
    assert len(names(unmixed(mixture(parts), drawn_library))) <= 3


def test_a_component_under_the_least_share_is_not_named(drawn_library: Library) -> None:
    spectrum = mixture({"alpha": 1.0, "delta": 0.1}, noise=1.0)
    assert names(unmixed(spectrum, drawn_library, least_share=0.02)) == ["alpha", "delta"]
    assert names(unmixed(spectrum, drawn_library, least_share=0.2)) == ["alpha"]


def test_a_wrong_start_is_dropped_once_the_right_components_are_in(drawn_library: Library) -> None:
    of = pursuit(prepare(mixture({"alpha": 1.0, "delta": 0.8})), drawn_library, beam=1, tried=1)
    found = of.grow([start(of, ROWS.index("zeta"))])
    assert {one.row for one in found.parts} == {ROWS.index("alpha"), ROWS.index("delta")}


def test_a_substance_that_the_library_lacks_leaves_a_bad_fit(without_alpha: Library) -> None:
    found = unmixed(measured(SUBSTANCES["alpha"]), without_alpha)
    assert found.chi > 10
    assert found.score < 0.8


def test_two_lots_of_one_substance_are_one_component() -> None:
    entries = [entry("alpha"), entry("alpha"), entry("delta")]
    twice = from_spectra(entries, name="two lots")
    assert names(unmixed(mixture({"alpha": 1.0, "delta": 0.2}), twice)) == ["alpha", "delta"]


def test_components_share_the_axis_shift(drawn_library: Library) -> None:
    found = unmixed(mixture({"alpha": 1.0, "delta": 0.3}, offset=4.0), drawn_library)
    assert [one.shift_cm1 for one in found.ingredients] == pytest.approx([4.0, 4.0], abs=2.0)


def test_a_fit_is_made_once(drawn_library: Library) -> None:
    of = pursuit(prepare(measured(SUBSTANCES["alpha"])), drawn_library)
    assert start(of, 0) is start(of, 0)
    assert of.scan(start(of, 0)) is of.scan(start(of, 0))


def test_a_reference_that_is_not_allowed_is_no_component(drawn_library: Library) -> None:
    of = pursuit(prepare(mixture({"alpha": 1.0, "delta": 0.5})), drawn_library)
    of.allowed = np.array([name != "delta" for name in ROWS])
    assert ROWS.index("delta") not in {one.row for one in of.grow([start(of, 0)]).parts}
