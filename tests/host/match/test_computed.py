"""Computed references: recognised in spite of their errors, and never by having many bands."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import quayscan_spectra
from quayscan.library import Library, default_library, from_bands
from quayscan.match import match
from quayscan.match.computed import Peaks, computed_entries, peak_likenesses, peaks_of
from quayscan.preprocess import prepare
from quayscan.preprocess.grid import GRID
from quayscan.spectrum import Spectrum
from quayscan_spectra.computed_bands import as_bands
from quayscan_spectra.insilico import computed_references
from quayscan_spectra.table_rows import table_rows

AXIS = np.arange(250.0, 2300.0, 1.5)


@cache
def library() -> Library:
    """The shipped references without toluene, dichloromethane and acetone, and these three computed."""
    computed = ("toluene", "dichloromethane", "acetone")
    rows = {row["id"]: row for row in table_rows("computed")}
    tables = [one for one in quayscan_spectra.references() if one.substance not in computed]
    tables += [as_bands(one, rows[one.id]) for one in computed_references() if one.id in computed]
    return replace(from_bands(tables, quayscan_spectra.synthesise, name="part"), seal=default_library().seal)


def measured(substance: str) -> Spectrum:
    (reference,) = [one for one in quayscan_spectra.references() if one.substance == substance]
    noise = np.random.default_rng(3).normal(0, 0.2, AXIS.size)
    curve = quayscan_spectra.synthesise(reference, AXIS)
    return Spectrum(axis=AXIS, intensity=curve + 200 + noise, laser_nm=785.0, title=substance)


@pytest.mark.parametrize("substance", ["toluene", "dichloromethane", "acetone"])
def test_what_was_only_computed_is_first_among_the_computed(substance: str) -> None:
    best = match(prepare(measured(substance)), library()).computed[0]
    assert (best.substance, best.grade) == (substance, "computed")
    assert best.score > 3
    assert best.p_value is not None
    assert best.p_value <= 0.05


def test_a_computed_entry_takes_no_part_in_the_comparison_with_measured_ones() -> None:
    result = match(prepare(measured("toluene")), library())
    assert {one.grade for one in result.evidence} <= {"measured", "published"}
    assert len(result.computed) == 3


def test_unrelated_spectra_do_not_stand_out() -> None:
    for substance in ("sucrose", "calcium-carbonate", "ptfe"):
        result = match(prepare(measured(substance)), library())
        assert all(one.score < 3 for one in result.computed), substance


def test_a_library_without_computed_entries_gives_no_such_evidence() -> None:
    plain = from_bands(quayscan_spectra.references()[:3], quayscan_spectra.synthesise, name="plain")
    assert match(prepare(measured("toluene")), plain).computed == ()


def test_a_small_library_is_normalised_over_the_shipped_one() -> None:
    rows = {row["id"]: row for row in table_rows("computed")}
    (toluene,) = [one for one in computed_references() if one.id == "toluene"]
    alone = from_bands([as_bands(toluene, rows["toluene"])], quayscan_spectra.synthesise, name="alone")
    result = match(prepare(measured("toluene")), alone)
    assert result.evidence == ()
    assert result.computed[0].score > 3
    assert computed_entries(alone).deviation.min() > 0.01


def test_equal_peaks_are_wholly_alike_and_far_ones_not_at_all() -> None:
    one = Peaks(shift_cm1=np.array([500.0, 1000.0]), height=np.array([0.4, 1.0]))
    far = Peaks(shift_cm1=np.array([700.0, 1300.0]), height=np.array([0.4, 1.0]))
    nothing = Peaks(shift_cm1=np.zeros(0), height=np.zeros(0))
    same, apart, empty = peak_likenesses(one, [one, far, nothing])
    assert same == pytest.approx(1.0)
    assert apart < 1e-6
    assert empty == 0.0
    assert not peak_likenesses(nothing, [one, nothing]).any()


def test_likeness_falls_with_distance_and_with_unequal_heights() -> None:
    one = Peaks(shift_cm1=np.array([500.0]), height=np.array([1.0]))
    near, nearer = (Peaks(shift_cm1=np.array([at]), height=np.array([1.0])) for at in (520.0, 506.0))
    far, close = peak_likenesses(one, [near, nearer])
    assert far < close < 1
    two = Peaks(shift_cm1=np.array([500.0, 900.0]), height=np.array([1.0, 0.9]))
    weak = Peaks(shift_cm1=np.array([500.0, 900.0]), height=np.array([1.0, 0.1]))
    unequal, equal = peak_likenesses(two, [weak, two])
    assert unequal < equal


def test_peaks_within_the_noise_are_no_peaks() -> None:
    bands = np.exp(-0.5 * ((GRID - 1000) / 6) ** 2) + 0.1 * np.exp(-0.5 * ((GRID - 700) / 6) ** 2)
    assert peaks_of(bands, 0.0).shift_cm1.tolist() == [700.0, 1000.0]
    assert peaks_of(bands, 0.05).shift_cm1.tolist() == [1000.0]
