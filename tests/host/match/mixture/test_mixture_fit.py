"""The fit of several components finds amounts that were put in."""

from __future__ import annotations

import numpy as np
import pytest

from quayscan.library import Library
from quayscan.match.mixture import MixtureOptions, net_band_area
from quayscan.match.mixture.fit import fit, problem
from quayscan.preprocess import prepare

from ..drawing import SUBSTANCES, measured
from .drawn_mixtures import mixture, pursuit

ROWS = list(SUBSTANCES)


def test_amounts_are_net_band_areas(drawn_library: Library) -> None:
    alpha = prepare(measured(SUBSTANCES["alpha"], noise=1.0, level=0.0))
    delta = prepare(measured(SUBSTANCES["delta"], noise=1.0, level=0.0))
    both = prepare(mixture({"alpha": 1.0, "delta": 0.5}, noise=5.0))
    of = pursuit(both, drawn_library)
    found = of.fit([of.part(ROWS.index("alpha"), 0), of.part(ROWS.index("delta"), 0)], [1.0, 1.0])
    true = np.array([float(net_band_area(alpha.bands)), 0.5 * float(net_band_area(delta.bands))])
    assert found.amounts == pytest.approx(true, rel=0.05)
    assert found.shares.sum() == pytest.approx(1.0)


def test_the_right_components_leave_about_chi_square_1_and_a_wrong_one_far_more(drawn_library: Library) -> None:
    both = prepare(mixture({"alpha": 1.0, "delta": 0.5}))
    of = pursuit(both, drawn_library)
    parts = [of.part(ROWS.index(name), 0) for name in ("alpha", "delta", "zeta")]
    right = of.fit(parts[:2], [1e6, 1e6])
    wrong = of.fit([parts[0], parts[2]], [1e6, 1e6])
    assert right.chi < 2.0
    assert wrong.chi > 10.0
    assert right.unlikelihood < wrong.unlikelihood


def test_what_is_left_is_orthogonal_to_every_column(drawn_library: Library) -> None:
    both = prepare(mixture({"alpha": 1.0, "delta": 0.5}))
    of = pursuit(both, drawn_library)
    found = of.fit([of.part(0, 0)], [of.query.area])
    overlap = found.white[:, :-1].T @ found.left
    assert np.abs(overlap).max() < 1e-6 * np.abs(found.white).max() * np.abs(found.left).max()


def test_a_bare_component_is_given_back_to_what_is_left(drawn_library: Library) -> None:
    of = pursuit(prepare(mixture({"alpha": 1.0, "delta": 0.5})), drawn_library)
    found = of.fit([of.part(ROWS.index("alpha"), 0), of.part(ROWS.index("delta"), 0)], [1.0, 1.0])
    more = np.linalg.norm(found.bare(1).left) ** 2 - np.linalg.norm(found.left) ** 2
    assert more == pytest.approx((found.amounts[1] / found.deviations[1]) ** 2, rel=0.01)


def test_an_absent_component_has_no_negative_amount(drawn_library: Library) -> None:
    one = prepare(measured(SUBSTANCES["alpha"]))
    of = pursuit(one, drawn_library)
    found = fit(problem(one, MixtureOptions()), [of.part(0, 0), of.part(3, 0)], [1.0, 1.0])
    assert (found.amounts > 0).all()
    assert found.shares[1] < 0.01
