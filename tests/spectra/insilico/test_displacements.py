import numpy as np
import pytest
from molecules import FORMIC_ACID

from quayscan_spectra.insilico.displacements import displacements, gradients_wanted, signs
from quayscan_spectra.insilico.internals import b_matrix, internals
from quayscan_spectra.insilico.structure import rigid_motions


def test_moves_are_small_and_without_rigid_motion() -> None:
    b = b_matrix(FORMIC_ACID.coordinates, internals(FORMIC_ACID))
    moves = displacements(FORMIC_ACID, 0.3 * b.T @ b, 7)
    assert np.linalg.norm(moves, axis=-1).max(axis=-1) == pytest.approx(np.full(7, 0.05))
    assert np.abs(moves.reshape(7, -1) @ rigid_motions(FORMIC_ACID.coordinates)).max() < 1e-12


def test_chosen_signs_are_less_alike_than_random_ones() -> None:
    def likeness(columns: np.ndarray) -> float:
        between = columns.T @ columns
        np.fill_diagonal(between, 0.0)
        return float((between**4).sum())

    rng = np.random.default_rng(1)
    assert likeness(signs(12, 30, rng)) < 0.6 * likeness(rng.choice([-1.0, 1.0], (12, 30)))


@pytest.mark.parametrize(("atoms", "count"), [(3, 5), (6, 14), (10, 16), (16, 16), (20, 14), (45, 12)])
def test_small_molecules_get_a_gradient_for_each_mode_and_large_ones_a_dozen(atoms: int, count: int) -> None:
    assert gradients_wanted(atoms) == count
