import numpy as np
import pytest
from molecules import FORMALDEHYDE, HYDROGEN_CYANIDE, WATER

from quayscan_spectra.insilico.structure import Structure, rigid_motions, without_rigid_motion


@pytest.mark.parametrize(("one", "count"), [(WATER, 6), (FORMALDEHYDE, 6), (HYDROGEN_CYANIDE, 5)])
def test_a_body_has_six_rigid_motions_and_a_line_five(one: Structure, count: int) -> None:
    assert rigid_motions(one.coordinates).shape == (3 * len(one.symbols), count)


def test_the_projector_removes_a_shift_and_a_small_turn_and_keeps_a_stretch() -> None:
    projector = without_rigid_motion(WATER.coordinates)
    turn = np.cross([0.3, -0.2, 0.5], WATER.coordinates).ravel()
    shift = np.tile([1.0, 2.0, 3.0], 3)
    assert np.abs(projector @ turn).max() < 1e-12
    assert np.abs(projector @ shift).max() < 1e-12
    stretch = (WATER.coordinates - WATER.coordinates.mean(axis=0)).ravel()
    assert np.linalg.norm(projector @ stretch) > 0.9 * np.linalg.norm(stretch)


def test_bond_distances_count_bonds() -> None:
    distances = FORMALDEHYDE.bond_distances()
    assert distances[1, 2] == 2
    assert distances[0, 3] == 1
    assert np.array_equal(distances, distances.T)
