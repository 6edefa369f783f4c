"""The laser from a Raman shift standard."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_instrument import PIXELS, Instrument

from quayscan.calibrate.laser_fit import LaserFit, fit_laser
from quayscan.calibrate.peaks import find_lines
from quayscan.calibrate.polynomial import over_pixels
from quayscan.errors import CalibrationError
from quayscan_spectra.calibration_lines import shift_standard


def fitted(instrument: Instrument, counts: np.ndarray, name: str = "polystyrene") -> LaserFit:
    axis = over_pixels(instrument.coefficients, PIXELS)
    return fit_laser(find_lines(counts), shift_standard(name), axis, PIXELS, 785.0)


@pytest.mark.parametrize("laser_nm", [784.9, 785.3, 783.0, 788.5])
@pytest.mark.parametrize("name", ["polystyrene", "cyclohexane", "paracetamol", "naphthalene"])
def test_a_laser_off_its_nominal_wavelength_is_found(laser_nm: float, name: str) -> None:
    instrument = Instrument(laser_nm=laser_nm)
    found = fitted(instrument, instrument.standard(name), name)
    assert found.laser_nm == pytest.approx(laser_nm, abs=0.005)  # 0.08 cm-1
    assert found.rms_cm1 < 0.3


def test_lines_average_only_the_part_of_the_standards_uncertainty_that_they_do_not_share() -> None:
    instrument = Instrument()
    found = fitted(instrument, instrument.standard())
    expected = 0.55 * np.sqrt(1 / found.line_cm1.size + 1 / 2)
    assert 1e7 / 785.0**2 * found.sigma_nm == pytest.approx(expected, rel=0.05)


def test_a_displaced_line_and_stray_peaks_do_not_move_it() -> None:
    instrument = Instrument()
    stray = 1e7 / (1e7 / 785.0 - np.array([700.0, 1250.0, 1606.5]))
    counts = instrument.standard() + instrument.lines(stray, np.array([9000.0, 5000.0, 3000.0]))
    assert fitted(instrument, counts).laser_nm == pytest.approx(785.0, abs=0.02)


@pytest.mark.parametrize("other", ["cyclohexane", "naphthalene", "paracetamol"])
def test_another_standard_is_not_taken_for_polystyrene(other: str) -> None:
    instrument = Instrument()
    with pytest.raises(CalibrationError, match=r"strong lines of polystyrene are recognised: .* focus"):
        fitted(instrument, instrument.standard(other))


def test_a_standard_without_lines_on_the_detector_is_refused() -> None:
    with pytest.raises(CalibrationError, match="use another standard"):
        fitted(Instrument(), Instrument().standard(), "sulfur")
