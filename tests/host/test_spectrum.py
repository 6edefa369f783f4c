"""`Spectrum` and `Exposure` refuse what is none."""

from __future__ import annotations

import numpy as np
import pytest

from quayscan.errors import SpectrumError
from quayscan.spectrum import MIN_POINTS, Spectrum

AXIS = np.linspace(400, 1800, MIN_POINTS)


def test_arrays_are_copied_and_read_only() -> None:
    intensity = np.ones(MIN_POINTS)
    spectrum = Spectrum(axis=AXIS, intensity=intensity)
    intensity[0] = 9
    assert spectrum.intensity[0] == 1
    with pytest.raises(ValueError, match="read-only"):
        spectrum.intensity[0] = 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"intensity": np.ones(MIN_POINTS + 1)}, "same length"),
        ({"axis": AXIS[::-1]}, "does not ascend at point 2"),
        ({"axis": AXIS[:4], "intensity": np.ones(4)}, "4 points are no spectrum"),
        ({"intensity": np.full(MIN_POINTS, np.nan)}, "nan at point 1"),
        ({"intensity": np.ones((4, 4))}, "2 dimensions"),
        ({"variance": -np.ones(MIN_POINTS)}, "nowhere negative"),
        ({"variance": np.ones(3)}, "axis' length"),
    ],
)
def test_numbers_that_are_no_spectrum_are_refused(change: dict[str, np.ndarray], says: str) -> None:
    fields = {"axis": AXIS, "intensity": np.ones(MIN_POINTS), **change}
    with pytest.raises(SpectrumError, match=says):
        Spectrum(**fields)


def test_with_intensity_keeps_the_rest() -> None:
    spectrum = Spectrum(axis=AXIS, intensity=np.ones(MIN_POINTS), title="a", laser_nm=785.0)
    other = spectrum.with_intensity(np.zeros(MIN_POINTS))
    assert (other.title, other.laser_nm) == ("a", 785.0)
    assert not other.intensity.any()


@pytest.mark.parametrize("value", [1e61, -1e300])
def test_numbers_that_no_measurement_reaches_are_refused(value: float) -> None:
    intensity = np.ones(MIN_POINTS)
    intensity[3] = value
    with pytest.raises(SpectrumError, match="at point 4: no measurement reaches"):
        Spectrum(axis=AXIS, intensity=intensity)
