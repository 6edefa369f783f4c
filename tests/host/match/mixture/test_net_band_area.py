"""Net band area is a share of the signal above the background."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from quayscan.library import Library
from quayscan.match.mixture.area import library_areas, net_band_area
from quayscan.preprocess import prepare
from quayscan.preprocess.opening import opened_bands

from ..drawing import SUBSTANCES, measured


def test_a_band_of_known_area_is_measured() -> None:
    bands = np.zeros(951)
    bands[400] = 3.0
    assert net_band_area(bands) == pytest.approx(6.0)  # one point of 2 cm-1


def test_what_lies_outside_400_to_1800_does_not_count() -> None:
    bands = np.ones(951)
    bands[50:751] = 0.0
    assert net_band_area(bands) < 1e-9


def test_twice_the_light_is_twice_the_area_and_a_level_background_does_not_matter() -> None:
    once = measured(SUBSTANCES["alpha"], noise=0.0, level=0.0)
    twice = prepare(replace(once, intensity=2.0 * once.intensity + 9000.0))
    single = prepare(once)
    ratio = float(
        net_band_area(opened_bands(twice.values, twice.mask)) / net_band_area(opened_bands(single.values, single.mask))
    )
    assert ratio == pytest.approx(2.0, rel=1e-3)


def test_a_library_has_one_positive_area_a_row_computed_once(drawn_library: Library) -> None:
    areas = library_areas(drawn_library)
    assert areas.shape == (len(drawn_library),)
    assert (areas > 0).all()
    assert library_areas(drawn_library) is areas
