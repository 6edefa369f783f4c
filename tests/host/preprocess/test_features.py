import numpy as np
import pytest

from quayscan.errors import SpectrumError
from quayscan.preprocess import prepare
from quayscan.preprocess.grid import GRID
from quayscan.spectrum import Spectrum

AXIS = np.linspace(250.0, 2300.0, 2048)


def counts(seed: int = 0, *, level: float = 500.0, height: float = 1000.0) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(0.0, 5.0, AXIS.size)
    return level + noise + height * np.exp(-0.5 * ((AXIS - 1000.0) / 6.0) ** 2)


def test_the_band_stands_where_it_was_and_the_level_under_it() -> None:
    features = prepare(Spectrum(axis=AXIS, intensity=counts(), title="one band"))
    assert GRID[features.bands.argmax()] == 1000.0
    np.testing.assert_allclose(features.level[features.mask], 500.0, atol=15.0)
    assert features.title == "one band"


def test_quality_counts_in_standard_deviations_of_the_grid() -> None:
    quality = prepare(Spectrum(axis=AXIS, intensity=counts())).quality
    assert quality.coverage == 1.0
    assert quality.spikes == 0
    # 1000 counts, 6 cm-1 band through a 4 cm-1 kernel, against 5 counts averaged over some 14 pixels
    assert 300.0 < quality.signal_to_noise < 1200.0
    assert 200.0 < quality.level_to_noise < 700.0


def test_a_stated_variance_is_used_and_not_estimated() -> None:
    stated = np.full(AXIS.size, 400.0)
    features = prepare(Spectrum(axis=AXIS, intensity=counts(3), variance=stated))
    estimated = prepare(Spectrum(axis=AXIS, intensity=counts(3)))
    assert np.median(features.variance) == pytest.approx(16.0 * np.median(estimated.variance), rel=0.4)


def test_a_cosmic_ray_is_counted_and_gone() -> None:
    hit = counts()
    hit[500] += 20000.0
    features = prepare(Spectrum(axis=AXIS, intensity=hit))
    assert features.quality.spikes == 1
    assert GRID[features.bands.argmax()] == 1000.0


def test_a_short_axis_says_what_it_covers() -> None:
    short = AXIS < 1100.0
    quality = prepare(Spectrum(axis=AXIS[short], intensity=counts()[short])).quality
    assert quality.coverage == pytest.approx(0.5, abs=0.01)


def test_a_wavelength_axis_is_refused_with_the_remedy() -> None:
    spectrum = Spectrum(axis=AXIS, intensity=counts(), axis_unit="wavelength_nm", title="nir")
    with pytest.raises(SpectrumError, match="Raman shift"):
        prepare(spectrum)


def test_the_arrays_are_read_only() -> None:
    features = prepare(Spectrum(axis=AXIS, intensity=counts()))
    with pytest.raises(ValueError, match="read-only"):
        features.values[0] = 1.0
