import numpy as np
import pytest

from quayscan.library import Library, from_spectra
from quayscan.match.options import MatchOptions
from quayscan.match.screen import Screen, screen, shortlist
from quayscan.match.shifts import SHIFT_STEPS
from quayscan.preprocess import Features, prepare
from quayscan.preprocess.envelope import band_part
from quayscan.preprocess.grid import WINDOW
from quayscan.preprocess.projection import window_splines
from quayscan.spectrum import Spectrum

from .drawing import AXIS, SUBSTANCES, entry, measured, query


def slow_cosine(left: np.ndarray, right: np.ndarray, mask: np.ndarray) -> float:
    """Fit the background to both sides by least squares, on the common points, and take the cosine."""
    splines = window_splines(14)[mask]
    rest = []
    for side in (left[mask], right[mask]):
        coefficients, *_ = np.linalg.lstsq(splines, side, rcond=None)
        rest.append(side - splines @ coefficients)
    return float(rest[0] @ rest[1] / np.linalg.norm(rest[0]) / np.linalg.norm(rest[1]))


def slow_screen(features: Features, library: Library, root: bool) -> np.ndarray:
    result = np.full((len(library), SHIFT_STEPS.size), -2.0)
    seen = np.array([features.mask[WINDOW.start + s : WINDOW.stop + s] for s in SHIFT_STEPS]).all(axis=0)
    for row in range(len(library)):
        own = library.masks(slice(row, row + 1))[0]
        reference = np.asarray(library.spectra[row], dtype=float)
        if root:
            reference = np.sqrt(band_part(reference, own))
        mine = np.sqrt(features.bands) if root else features.values
        for at, step in enumerate(SHIFT_STEPS):
            moved = mine[WINDOW.start + step : WINDOW.stop + step]
            result[row, at] = slow_cosine(moved, reference[WINDOW], seen & own[WINDOW])
    return result


def cut(spectrum: Spectrum, low: float, high: float) -> Spectrum:
    keep = (low < AXIS) & (high > AXIS)
    return Spectrum(axis=AXIS[keep], intensity=spectrum.intensity[keep])


@pytest.mark.parametrize("short_query", [False, True])
@pytest.mark.parametrize("short_entry", [False, True])
def test_one_product_equals_the_plain_loop(short_query: bool, short_entry: bool) -> None:
    entries = [entry(name) for name in SUBSTANCES]
    if short_entry:
        entries[1] = (cut(entries[1][0], 450.0, 2100.0), entries[1][1])
    library = from_spectra(entries, name="mixed")
    spectrum = measured(SUBSTANCES["beta"], offset=3.0)
    features = prepare(cut(spectrum, 300.0, 1500.0) if short_query else spectrum)
    found = screen(features, library)
    slow, slow_root = slow_screen(features, library, False), slow_screen(features, library, True)
    np.testing.assert_allclose(found.cosine, slow.max(axis=1), atol=1e-6)
    np.testing.assert_allclose(found.cosine_sqrt, slow_root.max(axis=1), atol=1e-6)
    np.testing.assert_array_equal(found.steps, SHIFT_STEPS[slow.argmax(axis=1)])


@pytest.mark.parametrize("offset", [-8.0, -4.0, 0.0, 6.0, 8.0])
def test_an_axis_error_up_to_eight_wavenumbers_is_found(drawn_library: Library, offset: float) -> None:
    found = screen(query("alpha", offset=offset), drawn_library)
    assert found.cosine[0] > 0.99
    assert 2 * found.steps[0] == offset


def test_the_background_does_not_matter(drawn_library: Library) -> None:
    for level in (0.0, 1e5):
        assert screen(query("alpha", level=level), drawn_library).cosine[0] > 0.99


def test_the_shortlist_holds_the_best_of_both_cosines_once(drawn_library: Library) -> None:
    found = screen(query("gamma"), drawn_library)
    rows = shortlist(found, MatchOptions(screen_top=2), lambda row: drawn_library.references[row].substance)
    assert 2 in rows
    assert rows.size == np.unique(rows).size <= 4
    assert shortlist(
        found, MatchOptions(screen_top=100), lambda row: drawn_library.references[row].substance
    ).size == len(drawn_library)


def test_every_reference_that_ties_with_the_best_is_judged_and_lots_of_one_substance_count_as_one() -> None:
    cosine = np.array([0.9, 0.9, 0.9, 0.9, 0.895, 0.8, 0.7])
    steps = np.zeros(7, dtype=np.intp)
    found = Screen(cosine=cosine, cosine_sqrt=cosine, steps=steps, steps_sqrt=steps)
    options = MatchOptions(screen_top=2)
    assert shortlist(found, options, str).tolist() == [0, 1, 2, 3, 4]  # all within the tie, seven substances
    assert shortlist(found, options, lambda row: "one" if row < 5 else str(row)).tolist() == [0, 1, 2, 3, 4, 5]
