import numpy as np
import pytest
from molecules import FORMALDEHYDE, FORMIC_ACID, HYDROGEN_CYANIDE, WATER

from quayscan_spectra.insilico.internals import b_matrix, internals
from quayscan_spectra.insilico.structure import Structure, rigid_motions


@pytest.mark.parametrize(("one", "modes"), [(WATER, 3), (FORMALDEHYDE, 6), (FORMIC_ACID, 9), (HYDROGEN_CYANIDE, 4)])
def test_the_coordinates_span_every_vibration_and_nothing_rigid(one: Structure, modes: int) -> None:
    b = b_matrix(one.coordinates, internals(one))
    assert np.linalg.matrix_rank(b, tol=1e-5) == modes
    assert np.abs(b @ rigid_motions(one.coordinates)).max() < 1e-6


def test_a_stretch_moves_its_atoms_along_the_bond() -> None:
    b = b_matrix(WATER.coordinates, internals(WATER))
    assert b[0] == pytest.approx([-1, 0, 0, 1, 0, 0, 0, 0, 0], abs=1e-7)


def test_a_planar_centre_has_out_of_plane_coordinates_and_a_bent_one_has_none() -> None:
    assert sum(one.kind == "plane" for one in internals(FORMALDEHYDE)) == 3
    assert {one.kind for one in internals(WATER)} == {"stretch", "bend"}
    assert sum(one.kind == "linear" for one in internals(HYDROGEN_CYANIDE)) == 2
