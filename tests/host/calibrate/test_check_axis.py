"""The daily check against a standard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from drawn_instrument import Instrument, nominal

from quayscan.calibrate import Calibration, Check
from quayscan.calibrate.check_axis import check_axis
from quayscan.calibrate.fit import fit_calibration
from quayscan.errors import CalibrationError
from quayscan_spectra.calibration_lines import shift_standard

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
POLYSTYRENE = shift_standard("polystyrene")
INSTRUMENT = Instrument()


@pytest.fixture(scope="module")
def known() -> Calibration:
    return fit_calibration(INSTRUMENT.measured(), nominal(), POLYSTYRENE, uid="u", board="b", now=NOW)


def checked(known: Calibration, instrument: Instrument) -> Check:
    return check_axis(instrument.standard(), known, POLYSTYRENE, now=NOW)


def test_an_instrument_as_calibrated_passes(known: Calibration) -> None:
    done = checked(known, INSTRUMENT)
    assert done.passed
    assert abs(done.worst_cm1) < 0.3
    assert (done.standard, done.at) == ("polystyrene", NOW)


@pytest.mark.parametrize("moved_nm", [-2.0, -0.3, 0.3, 2.0])
def test_a_displaced_instrument_fails_by_as_much_as_it_is_displaced(known: Calibration, moved_nm: float) -> None:
    a0, a1, a2 = INSTRUMENT.coefficients
    done = checked(known, replace(INSTRUMENT, coefficients=(a0 + moved_nm, a1, a2)))
    assert not done.passed
    at = done.line_cm1.index(1001.4)
    wavelength = 1e7 / (1e7 / INSTRUMENT.laser_nm - 1001.4)
    expected = 1e7 / wavelength - 1e7 / (wavelength - moved_nm)
    assert done.error_cm1[at] == pytest.approx(expected, abs=0.2)


def test_a_drift_within_the_limit_passes_and_is_stated(known: Calibration) -> None:
    a0, a1, a2 = INSTRUMENT.coefficients
    done = checked(known, replace(INSTRUMENT, coefficients=(a0 - 0.1, a1, a2)))
    assert done.passed
    assert 1.0 < done.worst_cm1 < 2.0


@pytest.mark.parametrize("counts", [INSTRUMENT.standard("cyclohexane"), np.full(2048, 10.0)])
def test_something_else_before_the_probe_is_no_result(known: Calibration, counts: np.ndarray) -> None:
    with pytest.raises(CalibrationError, match="is it in front of the"):
        check_axis(counts, known, POLYSTYRENE, now=NOW)


def test_another_detector_is_refused(known: Calibration) -> None:
    with pytest.raises(CalibrationError, match="100 pixels were measured and 2048 calibrated"):
        check_axis(np.zeros(100), known, POLYSTYRENE, now=NOW)
