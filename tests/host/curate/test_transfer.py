"""The transfer finds what was done to a spectrum, and undoes it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quayscan_spectra
from quayscan.curate import Transfer, fit_transfer, transferred
from quayscan.curate.transfer import laser_factor
from quayscan.errors import LibraryError
from quayscan.library import GridRow, Library, Reference, from_rows
from quayscan.preprocess.grid import GRID

STANDARDS = ("acetone", "toluene", "cyclohexane", "urea", "paracetamol")
PLACE = (GRID - 1100.0) / 700.0


def library(laser: str, *, shift: float = 0.0, tilt: float = 0.0, names: tuple[str, ...] = STANDARDS) -> Library:
    """Drawn standards; with a shift, bands lie higher by it, and the response falls by the tilt."""
    shapes = {one.substance: one for one in quayscan_spectra.references()}
    rows = [
        GridRow(
            values=(quayscan_spectra.synthesise(shapes[name], GRID - shift) + 50.0) / (1 + tilt * PLACE),
            mask=np.ones(GRID.size, dtype=bool),
        )
        for name in names
    ]
    references = [
        Reference(substance=name, name=name, grade="measured", provenance={"laser_nm": laser}) for name in names
    ]
    return from_rows(rows, references, name=laser)


@settings(max_examples=15, deadline=None)
@given(shift=st.floats(-8, 8), tilt=st.floats(-0.4, 0.4))
def test_shift_and_tilt_are_found_and_undone(shift: float, tilt: float) -> None:
    here, there = library("785"), library("532", shift=shift, tilt=tilt)
    found = fit_transfer(there, here)
    assert found.standards == len(STANDARDS)
    assert found.shift_cm1 == pytest.approx(shift, abs=0.2)  # a tenth of a grid step
    assert found.tilt == pytest.approx(tilt, abs=0.03)
    undone = transferred(there, transfer=found).spectra[:, 60:740] - 50.0
    wanted = here.spectra[:, 60:740] - 50.0
    assert np.corrcoef(undone.ravel(), wanted.ravel())[0, 1] > 0.995


def test_nothing_to_do_does_nothing() -> None:
    here = library("785")
    same = transferred(here, laser_nm=785.0)
    assert same.sha256 == here.sha256


def test_the_factor_is_that_of_photons_scattered_by_either_laser() -> None:
    factor = laser_factor(532.0, 785.0)
    at = [int(np.flatnonzero(shift == GRID)[0]) for shift in (1800.0, 400.0)]
    expected = ((1e7 / 785 - 1800) / (1e7 / 532 - 1800)) ** 3 / ((1e7 / 785 - 400) / (1e7 / 532 - 400)) ** 3
    assert factor[at[0]] / factor[at[1]] == pytest.approx(expected)
    assert factor[GRID == 1100.0] == pytest.approx(1.0)
    np.testing.assert_allclose(factor * laser_factor(785.0, 532.0), 1.0)


@pytest.mark.parametrize("laser", [532.0, 633.0, 830.0, 1064.0])
def test_each_laser_comes_to_this_one_with_its_own_factor(laser: float) -> None:
    moved = transferred(library(f"{laser:g}"), laser_nm=785.0)
    expected = library(f"{laser:g}").spectra * laser_factor(laser, 785.0)
    np.testing.assert_allclose(moved.spectra, expected, rtol=1e-6)
    assert moved.references[0].provenance["transferred"] == f"intensities from {laser:g} to 785 nm"
    assert moved.references[0].provenance["laser_nm"] == f"{laser:g}"


def test_an_entry_without_a_laser_is_left_as_it_is() -> None:
    unknown = library("not stated")
    assert transferred(unknown, laser_nm=785.0).sha256 == unknown.sha256


def test_what_moves_off_the_axis_is_masked() -> None:
    moved = transferred(library("785"), transfer=Transfer(shift_cm1=20.0, standards=5))
    assert moved.coverage[0].tolist() == [0, 941]
    assert not moved.spectra[0, 941:].any()


def test_too_few_standards_and_an_impossible_laser_are_refused() -> None:
    with pytest.raises(LibraryError, match="share 2"):
        fit_transfer(library("532"), library("785", names=STANDARDS[:2]))
    with pytest.raises(LibraryError, match="10 nm"):
        laser_factor(10.0, 785.0)
