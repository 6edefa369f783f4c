import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from molecules import DIATOMIC, FORMALDEHYDE
from scipy.spatial.transform import Rotation

from quayscan_spectra.insilico.internals import b_matrix, internals
from quayscan_spectra.insilico.modes import Modes, normal_modes, raman_activities
from quayscan_spectra.insilico.units import AMU_ELECTRON_MASSES, BOHR_ANGSTROM, HARTREE_CM1

ONE_MODE = Modes(harmonic_cm1=np.array([1000.0]), motions=np.array([[1.0, 0.0, 0.0]]))


def slope(tensor: list[list[float]]) -> np.ndarray:
    result = np.zeros((3, 3, 3))
    result[0] = tensor
    return result


def test_a_diatomic_vibrates_at_the_root_of_force_constant_over_reduced_mass() -> None:
    constant = 1.2
    b = b_matrix(DIATOMIC.coordinates, internals(DIATOMIC))
    modes = normal_modes(DIATOMIC, constant * b.T @ b)
    reduced = 1.0 / (1.0 / DIATOMIC.masses_amu).sum() * AMU_ELECTRON_MASSES
    assert modes.harmonic_cm1 == pytest.approx([HARTREE_CM1 * np.sqrt(constant / reduced)], rel=1e-6)


def test_a_negative_curvature_is_an_imaginary_mode_not_a_lost_one() -> None:
    b = b_matrix(DIATOMIC.coordinates, internals(DIATOMIC))
    assert normal_modes(DIATOMIC, -0.1 * b.T @ b).harmonic_cm1[0] < -100.0


def test_an_isotropic_change_gives_45_squares_and_no_depolarised_light() -> None:
    activity, ratio = raman_activities(ONE_MODE, slope([[2, 0, 0], [0, 2, 0], [0, 0, 2]]))
    assert activity == pytest.approx([45 * 4.0 * BOHR_ANGSTROM**4])
    assert ratio == pytest.approx([0.0])


def test_a_traceless_change_gives_seven_anisotropies_and_three_quarters() -> None:
    activity, ratio = raman_activities(ONE_MODE, slope([[0, 1, 0], [1, 0, 0], [0, 0, 0]]))
    assert activity == pytest.approx([7 * 3.0 * BOHR_ANGSTROM**4])
    assert ratio == pytest.approx([0.75])


def test_a_uniaxial_change_has_the_textbook_depolarisation() -> None:
    _, ratio = raman_activities(ONE_MODE, slope([[3, 0, 0], [0, 0, 0], [0, 0, 0]]))
    assert ratio == pytest.approx([3 * 9 / (45 * 1 + 4 * 9)])


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_turning_the_molecule_changes_no_wavenumber_and_no_activity(seed: int) -> None:
    rng = np.random.default_rng(seed)
    turn = Rotation.random(random_state=rng).as_matrix()
    size = FORMALDEHYDE.coordinates.size
    root = rng.normal(size=(size, size)) * 0.3
    slopes = rng.normal(size=(size // 3, 3, 3, 3))
    slopes = slopes + slopes.swapaxes(2, 3)
    big = np.kron(np.eye(size // 3), turn)
    straight = normal_modes(FORMALDEHYDE, root @ root.T)
    turned = normal_modes(FORMALDEHYDE.at(FORMALDEHYDE.coordinates @ turn.T), big @ root @ root.T @ big.T)
    assert turned.harmonic_cm1 == pytest.approx(straight.harmonic_cm1, rel=1e-6)
    moved = np.einsum("xu,ip,jq,aupq->axij", turn, turn, turn, slopes)
    before = raman_activities(straight, slopes.reshape(size, 3, 3))[0]
    assert raman_activities(turned, moved.reshape(size, 3, 3))[0] == pytest.approx(before, rel=1e-5, abs=1e-8)
