"""What instruments are calibrated with: sourced rows, known values, clear refusals."""

from __future__ import annotations

import numpy as np
import pytest

from quayscan_spectra.calibration_lines import (
    ambient_lamps,
    intensity_standard,
    lamp_lines,
    shift_standard,
    shift_standards,
)
from quayscan_spectra.errors import UnknownSubstance
from quayscan_spectra.table_rows import table_rows


@pytest.mark.parametrize("table", ["lamp_lines", "ambient_lines", "shift_standards", "intensity_standards"])
def test_every_row_names_its_source_and_basis(table: str) -> None:
    assert table_rows(table)
    assert all(row["source"] and row["basis"] == "published table" for row in table_rows(table))


def test_neon_lines_ascend_and_hold_the_strongest_at_837_nm() -> None:
    neon = lamp_lines("Ne I")
    assert np.all(np.diff(neon.wavelength_nm) > 0)
    assert neon.wavelength_nm[np.argmax(neon.intensity)] == 837.7608
    assert not neon.wavelength_nm.flags.writeable


def test_lamps_of_a_room_have_their_known_lines_in_air() -> None:
    lamps = ambient_lamps()
    assert lamps["Hg I"] == pytest.approx([546.0735, 576.9598, 579.0663], abs=0.005)
    assert {round(float(one), 1) for one in lamps["Ar I"]} >= {811.5, 826.5, 842.5, 852.1, 912.3}
    assert 837.7608 in lamps["Ne I"]


def test_the_eight_standards_of_astm_e1840_are_there() -> None:
    assert len(shift_standards()) == 8
    polystyrene = shift_standard("polystyrene")
    strongest = polystyrene.shift_cm1[np.argmax(polystyrene.strength)]
    assert strongest == 1001.4
    assert {620.9, 1031.8, 1602.3} <= set(polystyrene.shift_cm1.tolist())


def test_the_glass_is_brightest_within_its_range() -> None:
    glass = intensity_standard()
    at = np.arange(glass.from_cm1, glass.to_cm1)
    values = np.polynomial.polynomial.polyval(at, np.array(glass.coefficients))
    assert np.all(values > 0)
    assert (glass.laser_nm, len(glass.coefficients)) == (785.0, 6)


@pytest.mark.parametrize(
    "ask", [lambda: lamp_lines("Kr I"), lambda: shift_standard("x"), lambda: intensity_standard("x")]
)
def test_what_is_not_in_the_tables_is_refused_with_what_is(ask: object) -> None:
    with pytest.raises(UnknownSubstance, match="use"):
        ask()  # type: ignore[operator]  # the lambdas above
