from dataclasses import dataclass

import numpy as np
import pytest

from quayscan.errors import LibraryError
from quayscan.library import from_bands, from_spectra, grid_row
from quayscan.library.build import grid_values
from quayscan.preprocess.grid import GRID
from quayscan.preprocess.resample import SIGMA_CM1
from quayscan.spectrum import Spectrum

from .conftest import AXIS, entry


@dataclass(frozen=True)
class Table:
    substance: str = "one"
    name: str = "One"
    grade: str = "published"
    source: str = "drawn"
    licence: str = "MIT"
    instrument: str = ""
    laser_nm: float | None = None
    centre: float = 1000.0


def draw(table: Table, axis: np.ndarray) -> np.ndarray:
    return np.exp(-0.5 * ((axis - table.centre) / 3.0) ** 2)


def test_spectra_are_stacked_in_order_with_their_coverage() -> None:
    library = from_spectra([entry("a", 500.0), entry("b", 700.0)], name="two")
    assert [one.name for one in library.references] == ["a", "b"]
    assert [GRID[row.argmax()] for row in library.spectra] == [500.0, 700.0]
    np.testing.assert_array_equal(library.coverage, [[0, 951], [0, 951]])


def test_spectra_brought_to_the_grid_together_are_as_each_alone() -> None:
    (first, _), (second, _), (third, _) = entry("a", 500.0), entry("b", 700.0), entry("c", 900.0)
    other = Spectrum(axis=AXIS[100:], intensity=second.intensity[100:])
    absorbance = Spectrum(axis=AXIS, intensity=first.intensity, axis_unit="wavelength_nm")
    together = grid_values([first, other, absorbance, third])
    for spectrum, values in zip((first, other, third), [together[0], together[1], together[3]], strict=True):
        np.testing.assert_array_equal(values, grid_row(spectrum, name="alone").values)
        np.testing.assert_array_equal(values, grid_row(spectrum, name="given", values=values).values)
    assert together[2] is absorbance.intensity


def test_a_short_axis_is_zero_and_masked_outside() -> None:
    spectrum, reference = entry("short", 900.0)
    keep = (AXIS > 450.0) & (AXIS < 1700.0)
    library = from_spectra([(Spectrum(axis=AXIS[keep], intensity=spectrum.intensity[keep]), reference)], name="short")
    mask = library.masks()[0]
    assert GRID[mask][0] > 450.0
    assert GRID[mask][-1] < 1700.0
    assert not library.spectra[0][~mask].any()


def test_a_table_is_drawn_at_the_common_resolution() -> None:
    library = from_bands([Table()], draw, name="drawn")
    wide = float(np.hypot(3.0, SIGMA_CM1))
    expected = 3.0 / wide * np.exp(-0.5 * ((GRID - 1000.0) / wide) ** 2)
    np.testing.assert_allclose(library.spectra[0], expected, atol=1e-3)
    reference = library.references[0]
    assert (reference.origin, reference.grade) == ("bands", "published")
    assert reference.provenance["laser_nm"] == "not stated"


def test_the_same_content_has_the_same_hash_whatever_the_name() -> None:
    first = from_spectra([entry("a", 500.0)], name="first")
    again = from_spectra([entry("a", 500.0)], name="again")
    other = from_spectra([entry("a", 502.0)], name="first")
    renamed = from_spectra([entry("A", 500.0)], name="first")
    assert first.sha256 == again.sha256
    assert len({first.sha256, other.sha256, renamed.sha256}) == 3


def test_an_empty_library_is_refused() -> None:
    with pytest.raises(LibraryError, match="no entries"):
        from_spectra([], name="empty")
    with pytest.raises(LibraryError, match="no entries"):
        from_bands([], draw, name="empty")


def test_a_spectrum_that_misses_the_window_is_refused() -> None:
    spectrum, reference = entry("far", 1900.0)
    far = AXIS > 1500.0
    with pytest.raises(LibraryError, match="covers 21%"):
        from_spectra([(Spectrum(axis=AXIS[far], intensity=spectrum.intensity[far]), reference)], name="far")


def test_a_spectrum_without_bands_is_refused() -> None:
    _, reference = entry("flat", 900.0)
    with pytest.raises(LibraryError, match="no band"):
        from_spectra([(Spectrum(axis=AXIS, intensity=np.zeros(AXIS.size)), reference)], name="flat")
