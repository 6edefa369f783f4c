"""`Calibration`: what it refuses, and what it says of its own axis."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
from states import MADE, calibration

from quayscan.calibrate.polynomial import Polynomial, fit_polynomial, plus, position_of
from quayscan.errors import CalibrationError


def test_the_shift_is_that_of_laser_and_wavelength() -> None:
    found = calibration()
    np.testing.assert_allclose(found.shift_cm1(), 1e7 / 785.1 - 1e7 / found.wavelength_nm())


def test_the_axis_uncertainty_is_that_of_drawn_axes_and_lasers() -> None:
    """Drawn from covariance and laser, as a second opinion on the propagation."""
    found = calibration()
    rng = np.random.default_rng(4)
    position = np.linspace(-0.5, 0.5, 5)
    coefficients = rng.multivariate_normal(found.axis.coefficients, np.array(found.axis.covariance), 4000)
    wavelength = np.vander(position, 3, increasing=True) @ coefficients.T
    laser = rng.normal(found.laser_nm, found.laser_sigma_nm, 4000)
    drawn = np.std(1e7 / laser - 1e7 / wavelength, axis=1)
    shift = 1e7 / found.laser_nm - 1e7 / found.axis(position)
    np.testing.assert_allclose(found.sigma_cm1(shift), drawn, rtol=0.05)  # 4,000 draws: 1.1 % each


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"axis": Polynomial(coefficients=(880.0, -87.0))}, "no rising axis"),
        ({"axis": Polynomial(coefficients=(float("nan"), 87.0))}, "no rising axis"),
        ({"laser_nm": 2000.0}, "no rising axis above the laser"),
        ({"laser_nm": 0.0}, "no rising axis above the laser"),
        ({"pixels": 3}, "3 pixels"),
        ({"expires_on": date(2020, 1, 1)}, "before it was made"),
        ({"made_at": datetime(2026, 11, 25)}, "calibrate again"),
    ],
)
def test_numbers_that_are_no_axis_are_refused(changed: dict[str, object], says: str) -> None:
    with pytest.raises(CalibrationError, match=says):
        calibration(**changed)


def test_a_polynomial_fitted_to_its_own_points_gives_them_back() -> None:
    truth = Polynomial(coefficients=(880.0, 86.0, -3.0, 0.4))
    position = position_of(np.arange(0.0, 100.0, 7.0), 100)
    found = fit_polynomial(position, truth(position), np.full(position.size, 0.01), 3)
    np.testing.assert_allclose(found.coefficients, truth.coefficients, atol=1e-9)


def test_a_sum_keeps_the_corrections_uncertainty() -> None:
    correction = Polynomial(coefficients=(0.5,), covariance=((0.04,),))
    total = plus(Polynomial(coefficients=(880.0, 86.0)), correction)
    assert total.coefficients == (880.5, 86.0)
    np.testing.assert_allclose(total.sigma(np.array([-1.0, 1.0])), 0.2)


def test_rms_of_no_lines_is_zero() -> None:
    assert calibration(lamp_lines=()).lamp_rms_nm == 0.0
    assert calibration().standard_rms_cm1 == pytest.approx(0.3)
    assert calibration().made_at == MADE
