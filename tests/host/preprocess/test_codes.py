from hashlib import sha256

import numpy as np
import pytest
from tests.bench import large

from quayscan.match.shifts import SHIFT_STEPS
from quayscan.preprocess.codes import (
    BASIS_STEPS,
    COARSE_STEPS,
    CODE_ERROR,
    LENGTH,
    WAVES,
    query_codes,
    reference_codes,
    wave_basis,
)
from quayscan.preprocess.grid import WINDOW
from quayscan.preprocess.projection import BACKGROUND_SPLINES, window_splines

ROWS = large.entries(60, seed=3)


def test_the_basis_is_orthonormal_and_has_no_part_in_the_background() -> None:
    basis = wave_basis()
    np.testing.assert_allclose(basis.T @ basis, np.eye(WAVES), atol=1e-12)
    np.testing.assert_allclose(window_splines(BACKGROUND_SPLINES).T @ basis, 0.0, atol=1e-10)


def test_the_basis_is_the_same_on_every_machine() -> None:
    """A library file's codes were made with it: whatever changes it needs another version of the file."""
    whole = np.rint(BASIS_STEPS * wave_basis()).astype("<i4")
    assert sha256(whole.tobytes()).hexdigest() == "82acb1c5725377e073d6820a42abb2dd08b7a1389518ae830be69a2434b6b905"


def test_codes_are_whole_numbers_whose_products_float32_holds_exactly_in_any_order() -> None:
    codes = np.concatenate([reference_codes(ROWS), query_codes(large.queries(ROWS, 4)).reshape(-1, WAVES)])
    assert np.array_equal(codes, np.trunc(codes))
    assert float((codes.astype(np.float64) ** 2).sum(axis=1).max()) <= LENGTH**2 < 2**24
    exact = codes.astype(np.int64) @ codes.astype(np.int64).T
    order = np.random.default_rng(0).permutation(WAVES)
    for columns in (np.arange(WAVES), order):
        single = codes[:, columns] @ codes[:, columns].T
        assert np.array_equal(single.astype(np.int64), exact)
    forwards = np.zeros(exact.shape, dtype=np.float32)
    for wave in order:
        forwards += np.outer(codes[:, wave], codes[:, wave])
    assert np.array_equal(forwards.astype(np.int64), exact)


def test_every_allowed_shift_is_one_step_from_a_coarse_one_at_most() -> None:
    apart = np.abs(np.subtract.outer(SHIFT_STEPS, np.array(COARSE_STEPS))).min(axis=1)
    assert apart.max() == 1


def test_the_code_of_a_shifted_spectrum_at_that_shift_is_the_code_of_the_reference() -> None:
    moved = np.roll(ROWS.astype(np.float64), COARSE_STEPS[-1], axis=1)
    at_shift = query_codes(moved)[:, -1]
    cosine = np.einsum("qw,qw->q", at_shift, reference_codes(ROWS)) / LENGTH**2
    assert cosine.min() > 0.997  # rounding towards zero takes up to half a step of each of the 64 waves


@pytest.mark.parametrize("background", [0.0, 1.0, 1000.0, 100_000.0])
def test_a_code_is_as_near_to_its_direction_as_it_is_said_to_be_on_any_background(background: float) -> None:
    place = np.linspace(-1.0, 1.0, ROWS.shape[1])
    rows = (ROWS + background * np.exp(-(place**2))).astype(np.float32)
    inside = rows[:, WINDOW].astype(np.float64) @ wave_basis()
    direction = LENGTH * inside / np.linalg.norm(inside, axis=1, keepdims=True)
    assert np.linalg.norm(reference_codes(rows) - direction, axis=1).max() <= CODE_ERROR


def test_a_spectrum_of_background_alone_has_no_code_to_mislead_with() -> None:
    assert not query_codes(np.zeros((1, ROWS.shape[1]))).any()
