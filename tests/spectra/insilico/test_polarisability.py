import numpy as np
import pytest

from quayscan_spectra.insilico.polarisability import DIRECTIONS, FIELD, polarisability_gradient


def test_second_differences_give_back_the_tensor_whatever_the_dipole_does() -> None:
    rng = np.random.default_rng(3)
    rest, dipole = rng.normal(size=(4, 3)), rng.normal(size=(4, 3, 3))
    slope = rng.normal(size=(4, 3, 3, 3))
    slope = slope + slope.swapaxes(-1, -2)
    cubic = rng.normal(size=(4, 3, 3, 3, 3))
    gradients = {}
    for one in DIRECTIONS:
        f = np.array(one) * FIELD
        odd = dipole @ f + np.einsum("naijk,i,j,k->na", cubic, f, f, f)
        gradients[one] = rest - odd - 0.5 * np.einsum("naij,i,j->na", slope, f, f)
    assert polarisability_gradient(gradients) == pytest.approx(slope.reshape(12, 3, 3), abs=1e-6)
