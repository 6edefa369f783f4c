"""Whatever the spectrum, the unmixing ends with finite figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quayscan.library import Library
from quayscan.match.mixture import Unmixed
from quayscan.spectrum import Spectrum

from ..drawing import AXIS, measured
from .drawn_mixtures import unmixed

BANDS = st.dictionaries(st.floats(320.0, 2100.0), st.floats(0.0, 5.0), max_size=6)


def _sound(found: Unmixed) -> None:
    figures = [one.share for one in found.ingredients] + [found.chi, found.score]
    assert np.isfinite(figures).all()
    assert sum(one.share for one in found.ingredients) <= 1.0 + 1e-9
    assert all(0.0 <= one.low <= one.share <= one.high <= 1.0 for one in found.ingredients)
    assert ((found.limits > 0.0) & (found.limits <= 1.0)).all()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bands=BANDS, height=st.floats(1e-3, 1e6), level=st.floats(0.0, 1e6), noise=st.floats(0.0, 1e4))
def test_any_bands_on_any_background(
    drawn_library: Library, bands: dict[float, float], height: float, level: float, noise: float
) -> None:
    _sound(unmixed(measured(bands or {1000.0: 0.0}, height=height, level=level, noise=noise), drawn_library))


def test_spectra_that_say_nothing(drawn_library: Library) -> None:
    for values in (np.zeros(AXIS.size), np.full(AXIS.size, 7.0), AXIS.copy(), -AXIS):
        _sound(unmixed(Spectrum(axis=AXIS, intensity=values), drawn_library))


def test_a_wall_that_says_nothing(drawn_library: Library) -> None:
    flat = Spectrum(axis=AXIS, intensity=np.full(AXIS.size, 7.0))
    _sound(unmixed(measured({500.0: 1.0}), drawn_library, wall=flat))


def test_an_axis_that_covers_a_part_only(drawn_library: Library) -> None:
    whole = measured({520.0: 1.0, 870.0: 0.4, 1210.0: 0.6, 1450.0: 0.3})
    found = unmixed(replace(whole, axis=whole.axis[500:], intensity=whole.intensity[500:]), drawn_library)
    _sound(found)
    assert found.ingredients[0].substance == "alpha"
