import numpy as np
import pytest
from molecules import WATER

from quayscan_spectra.insilico.errors import NotConverged
from quayscan_spectra.insilico.geometry import minimise
from quayscan_spectra.insilico.internals import b_matrix, internals

LENGTHS = np.array([1.75, 1.85, 2.9])  # bohr: both bonds and the distance of the hydrogens


def springs(coordinates: np.ndarray) -> tuple[float, np.ndarray]:
    """Three anharmonic springs between three atoms."""
    energy, gradient = 0.0, np.zeros((3, 3))
    for (a, b), length in zip([(0, 1), (0, 2), (1, 2)], LENGTHS, strict=True):
        apart = coordinates[b] - coordinates[a]
        distance = np.linalg.norm(apart)
        off = distance - length
        energy += 0.25 * off**2 - 0.1 * off**3
        pull = (0.5 * off - 0.3 * off**2) * apart / distance
        gradient[b] += pull
        gradient[a] -= pull
    return float(energy), gradient


def prior() -> np.ndarray:
    b = b_matrix(WATER.coordinates, internals(WATER))
    return np.asarray(b.T @ np.diag([0.4, 0.4, 0.2]) @ b)


def test_the_walk_ends_where_every_spring_is_at_rest() -> None:
    found = minimise(springs, WATER.coordinates, prior(), tolerance=1e-6)
    place = found.coordinates
    distances = [np.linalg.norm(place[b] - place[a]) for a, b in [(0, 1), (0, 2), (1, 2)]]
    assert distances == pytest.approx(LENGTHS, abs=1e-4)
    assert np.abs(found.gradient).max() < 1e-6


def test_a_good_guess_of_the_curvature_takes_few_gradients() -> None:
    assert minimise(springs, WATER.coordinates, prior(), tolerance=4.5e-4).evaluations <= 8


def test_running_out_of_gradients_is_said() -> None:
    with pytest.raises(NotConverged, match="no minimum after 2 gradients"):
        minimise(springs, WATER.coordinates, prior(), tolerance=1e-12, most=2)
