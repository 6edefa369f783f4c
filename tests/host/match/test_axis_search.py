"""A displaced axis is found; a right one and an unknown substance are not taken for one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from quayscan.library import Library
from quayscan.match.axis_search import THRESHOLD, axis_off, judged
from quayscan.match.axis_similarity import LEAST_CM1, displacements, flattened
from quayscan.preprocess import Features, prepare
from quayscan.preprocess.grid import GRID

from .drawing import SUBSTANCES, measured, query


def displaced(name: str, *, shift_cm1: float = 0.0, stretch: float = 0.0) -> Features:
    spectrum = measured(SUBSTANCES[name])
    return prepare(replace(spectrum, axis=spectrum.axis * (1 + stretch) + shift_cm1))


@pytest.mark.parametrize("shift_cm1", [-280.0, -101.0, -25.0, 25.0, 77.0, 300.0])
@pytest.mark.parametrize("name", ["alpha", "beta", "delta"])
def test_a_shifted_axis_is_found_with_its_shift_and_the_reference(
    drawn_library: Library, name: str, shift_cm1: float
) -> None:
    found = axis_off(displaced(name, shift_cm1=shift_cm1), drawn_library)
    assert found is not None
    assert found.substance == name
    assert found.shift_cm1 == pytest.approx(shift_cm1, abs=2.0)
    assert found.stretch == 0.0
    assert found.score >= THRESHOLD


@pytest.mark.parametrize("stretch", [-0.1, -0.04, 0.03, 0.085])
@pytest.mark.parametrize("name", ["alpha", "beta", "delta"])
def test_a_stretched_axis_is_found_with_its_stretch(drawn_library: Library, name: str, stretch: float) -> None:
    found = axis_off(displaced(name, stretch=stretch), drawn_library)
    assert found is not None
    assert found.substance == name
    assert found.stretch == pytest.approx(stretch, abs=0.004)
    assert found.shift_cm1 == 0.0


def test_a_substance_that_the_library_lacks_is_not_put_down_to_the_axis(without_alpha: Library) -> None:
    assert axis_off(query("alpha"), without_alpha) is None


def test_shifts_that_a_comparison_forgives_are_not_searched(drawn_library: Library) -> None:
    found = judged(displaced("alpha", shift_cm1=3.0), drawn_library)
    assert all(abs(one.shift_cm1) >= LEAST_CM1 or one.stretch for one in found)


def test_noise_without_bands_resembles_nothing(drawn_library: Library) -> None:
    empty = prepare(measured({1000.0: 0.0}))
    assert axis_off(empty, drawn_library) is None


def test_a_computed_reference_is_no_witness_of_an_axis(drawn_library: Library) -> None:
    computed = [replace(one, grade="computed") for one in drawn_library.references]
    library = replace(drawn_library, references=tuple(computed))
    assert displacements(displaced("alpha", shift_cm1=100.0), library) == []


def test_a_higher_threshold_believes_less(drawn_library: Library) -> None:
    off = displaced("alpha", shift_cm1=100.0)
    assert axis_off(off, drawn_library, threshold=0.9) is not None
    assert axis_off(off, drawn_library, threshold=1.0) is None


def test_the_cosine_by_transforms_is_that_of_a_plain_loop(drawn_library: Library) -> None:
    """Shift by shift over what both cover, with the share of either that lies there."""
    features = displaced("beta", shift_cm1=60.0)
    (first, *_) = displacements(features, drawn_library)
    row = first.entry
    mask = drawn_library.masks(slice(row, row + 1))[0]
    values = np.asarray(drawn_library.spectra[row], dtype=float)
    from quayscan.preprocess.envelope import band_part

    shape = flattened(band_part(values, mask), mask)
    whole = flattened(features.bands, features.mask)
    steps = round(first.shift_cm1 / 2)
    pairs = [(i + steps, i) for i in range(GRID.size) if 0 <= i + steps < GRID.size]
    pairs = [(q, r) for q, r in pairs if features.mask[q] and mask[r]]
    ours, theirs = whole[[q for q, _ in pairs]], shape[[r for _, r in pairs]]
    cosine = ours @ theirs / np.sqrt((ours @ ours) * (theirs @ theirs))
    share = np.sqrt((ours @ ours) / (whole @ whole) * (theirs @ theirs) / (shape @ shape))
    assert first.cosine == pytest.approx(cosine * np.sqrt(share), abs=1e-5)  # references are kept as float32
