"""Computed molecules as entries of the default library."""

import numpy as np
import pytest

from quayscan_spectra import computed_band_references, identity_group, references, synthesise
from quayscan_spectra.computed_bands import SHARPEST_CM1, as_bands
from quayscan_spectra.insilico.computed_references import computed_references
from quayscan_spectra.table_rows import table_rows


def test_a_substance_that_was_measured_or_published_gets_no_computed_entry() -> None:
    known = {member for one in references() for member in identity_group(one.substance)}
    assert not known & {one.substance for one in computed_band_references()}


def test_every_other_computed_molecule_has_one() -> None:
    known = {member for one in references() for member in identity_group(one.substance)}
    wanted = sorted(row["substance"] for row in table_rows("computed") if row["substance"] not in known)
    assert [one.substance for one in computed_band_references()] == wanted


@pytest.fixture
def toluene():
    rows = {row["id"]: row for row in table_rows("computed")}
    one = next(one for one in computed_references() if one.id == "toluene")
    return one, as_bands(one, rows["toluene"])


def test_an_entry_says_that_it_is_computed_how_and_how_sure(toluene) -> None:
    _, entry = toluene
    assert entry.grade == "computed"
    assert "B3LYP" in entry.source
    assert "positions within" in entry.note


def test_its_bands_are_those_of_the_table_below_the_compared_range(toluene) -> None:
    one, entry = toluene
    assert entry.shift_cm1.tolist() == [at for at in one.shift_cm1.tolist() if at <= SHARPEST_CM1]
    axis = np.arange(400.0, 1801.0, 2.0)
    assert synthesise(entry, axis).max() == pytest.approx(100, rel=0.2)
