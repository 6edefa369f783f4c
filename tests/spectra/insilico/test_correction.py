import numpy as np
import pytest
from molecules import FORMALDEHYDE, FORMIC_ACID

from quayscan_spectra.insilico.correction import correction
from quayscan_spectra.insilico.displacements import displacements
from quayscan_spectra.insilico.expectation import expectation
from quayscan_spectra.insilico.internals import b_matrix, internals
from quayscan_spectra.insilico.modes import normal_modes
from quayscan_spectra.insilico.structure import Structure

CONSTANTS = {"stretch": 0.5, "bend": 0.25, "torsion": 0.01, "plane": 0.08}


def hessians(one: Structure, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A prior and a truth that differs by what may be expected."""
    coordinates = internals(one)
    b = b_matrix(one.coordinates, coordinates)
    expected = expectation(one, coordinates)
    prior = b.T @ np.diag([CONSTANTS[c.kind] for c in coordinates]) @ b
    error = np.zeros((len(coordinates),) * 2)
    error[expected.first, expected.second] = np.random.default_rng(seed).normal(size=len(expected.first))
    error[expected.first, expected.second] *= expected.deviation * 0.5
    return prior, prior + b.T @ (error + error.T) @ b


def corrected(one: Structure, prior: np.ndarray, truth: np.ndarray, count: int) -> np.ndarray:
    moves = displacements(one, prior, count).reshape(count, -1)
    coordinates = internals(one)
    b = b_matrix(one.coordinates, coordinates)
    return prior + correction(b, moves, moves @ (truth - prior), expectation(one, coordinates)).hessian


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_with_as_many_gradients_as_modes_the_true_hessian_comes_back(seed: int) -> None:
    prior, truth = hessians(FORMALDEHYDE, seed)
    found = normal_modes(FORMALDEHYDE, corrected(FORMALDEHYDE, prior, truth, 8)).harmonic_cm1
    wanted = normal_modes(FORMALDEHYDE, truth).harmonic_cm1
    assert found == pytest.approx(wanted, abs=1.5)  # the noise is never taken as zero


def test_with_half_as_many_gradients_as_modes_most_of_the_prior_error_is_gone() -> None:
    before, after = [], []
    for seed in range(5):
        prior, truth = hessians(FORMIC_ACID, seed)
        wanted = normal_modes(FORMIC_ACID, truth).harmonic_cm1
        before.append(normal_modes(FORMIC_ACID, prior).harmonic_cm1 - wanted)
        after.append(normal_modes(FORMIC_ACID, corrected(FORMIC_ACID, prior, truth, 5)).harmonic_cm1 - wanted)
    assert np.sqrt(np.mean(np.square(after))) < 0.5 * np.sqrt(np.mean(np.square(before)))


def test_gradients_that_agree_with_the_prior_change_nothing() -> None:
    prior, _ = hessians(FORMALDEHYDE, 1)
    assert np.abs(corrected(FORMALDEHYDE, prior, prior, 6) - prior).max() < 1e-9


def test_a_correction_is_symmetric_and_keeps_rigid_motion_free() -> None:
    prior, truth = hessians(FORMIC_ACID, 4)
    change = corrected(FORMIC_ACID, prior, truth, 4) - prior
    assert np.abs(change - change.T).max() < 1e-12
    assert np.abs(change @ np.tile([1.0, 0.5, -2.0], 5)).max() < 1e-7
