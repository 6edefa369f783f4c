"""The near-infrared references: what the table holds, where it is from, and that drawing it is a plain sum."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan_spectra import nir_references, substance, synthesise_nir
from quayscan_spectra.nir import VALID_NM, through_points
from quayscan_spectra.table_rows import table_rows

POWDERS = {
    "aspirin",
    "caffeine",
    "caffeine-citrate",
    "d-glucose",
    "fructose",
    "lactose",
    "mannitol",
    "paracetamol",
    "salicylic-acid",
    "sorbitol",
    "xylose",
}


def test_eleven_powders_have_one_reference_each_and_a_row_in_the_substance_table() -> None:
    counts = Counter(one.substance for one in nir_references())
    assert counts == dict.fromkeys(POWDERS, 1)
    assert all(substance(one.substance).name == one.name for one in nir_references())


@pytest.mark.parametrize("column", ["term", "grade", "source", "licence", "instrument", "lamp", "phase", "retrieved"])
def test_no_row_lacks_its_provenance(column: str) -> None:
    assert [row for row in table_rows("nir_bands") if not row[column].strip()] == []


def test_references_name_operators_01_to_05_only() -> None:
    for one in nir_references():
        assert "group01 to group05" in one.source
        assert one.lamp == "not stated"


def test_numbers_are_physical_and_in_order() -> None:
    for one in nir_references():
        assert 8 <= len(one.position_nm) <= 20
        assert np.all(np.diff(one.position_nm) > 0)
        assert np.all((one.position_nm > 900) & (one.position_nm < 1720))
        assert np.all((one.width_nm >= 15) & (one.width_nm <= 200))
        assert np.all((one.depth_au > 0) & (one.depth_au < 1.5))


def test_continuum_never_goes_below_zero_nor_above_the_drawn_curve() -> None:
    axis = np.arange(*VALID_NM, 2.0)
    for one in nir_references():
        continuum = np.interp(axis, one.continuum_nm, one.continuum_au)
        assert len(one.continuum_nm) == 2
        assert np.all(continuum > 0)
        assert np.all(synthesise_nir(one, axis) >= continuum - 1e-12)


def test_arrays_of_a_reference_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="read-only"):
        nir_references()[0].depth_au[0] = 1.0


def test_synthesis_is_the_plain_sum_of_gaussians_over_a_line() -> None:
    one = nir_references()[0]
    axis = np.linspace(*VALID_NM, 40)
    (x0, x1), (y0, y1) = one.continuum_nm, one.continuum_au
    slow = [y0 + (y1 - y0) * (x - x0) / (x1 - x0) for x in axis]
    for c, w, d in zip(one.position_nm, one.width_nm, one.depth_au, strict=True):
        for i, x in enumerate(axis):
            slow[i] += d * 2.0 ** (-(((x - c) / (w / 2)) ** 2))
    np.testing.assert_allclose(synthesise_nir(one, axis), slow, rtol=1e-12)


def test_order_of_the_axis_does_not_matter() -> None:
    one = nir_references()[3]
    axis = np.linspace(*VALID_NM, 60)
    np.testing.assert_allclose(synthesise_nir(one, axis[::-1]), synthesise_nir(one, axis)[::-1], rtol=1e-13)


@given(st.lists(st.floats(-2.0, 2.0), min_size=1, max_size=3))
def test_polynomial_goes_through_its_points(heights: list[float]) -> None:
    at = np.array([950.0, 1300.0, 1650.0])[: len(heights)]
    drawn = np.array(heights) @ through_points(at, at)
    np.testing.assert_allclose(drawn, heights, atol=1e-12)
