"""Lamp, standard and glass together: on drawn instruments, on the bench's, and on real files."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest
from drawn_instrument import PIXELS, Instrument, displaced, nominal

from quayscan.calibrate import Calibration
from quayscan.calibrate.fit import Measured, fit_calibration, start_from
from quayscan.errors import CalibrationError
from quayscan_hardware import load_board
from quayscan_hardware.bench.conditions import Conditions
from quayscan_hardware.bench.scene import build_scene
from quayscan_hardware.samples import resolve_sample
from quayscan_spectra.calibration_lines import shift_standard

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
POLYSTYRENE = shift_standard("polystyrene")


def calibrated(instrument: Instrument, *, glass: bool = False) -> Calibration:
    return fit_calibration(
        instrument.measured(glass=glass), nominal(), POLYSTYRENE, uid="u1", board="b", now=NOW, valid_days=30
    )


def test_axis_and_laser_together_give_the_true_shift() -> None:
    instrument = Instrument(coefficients=displaced(0.9, 0.004, 0.1).coefficients, laser_nm=785.4)
    found = calibrated(instrument)
    inside = (instrument.shift_cm1 > 400) & (instrument.shift_cm1 < 1800)
    assert np.max(np.abs(found.shift_cm1() - instrument.shift_cm1)[inside]) < 0.15
    assert (found.uid, found.pixels, found.expires_on) == ("u1", PIXELS, date(2026, 12, 25))
    assert found.response is None


def test_the_uncertainty_is_stated_by_shift_and_grows_beyond_the_lines() -> None:
    sigma = calibrated(Instrument()).sigma_cm1(np.array([1000.0, 1400.0, 2600.0]))
    assert 0.4 < sigma[0] < 0.5
    assert sigma[0] == pytest.approx(sigma[1], rel=0.2)
    assert sigma[2] > sigma[1]


def test_the_glass_adds_a_response() -> None:
    found = calibrated(Instrument(), glass=True)
    assert found.response is not None
    assert found.response.standard == "srm2241"


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_the_benchs_instruments_are_found_within_their_stated_uncertainty(seed: int) -> None:
    """Its polystyrene is another instrument's, up to 0.5 cm-1 off ASTM E1840: twice the uncertainty is asked for."""
    board = load_board("raman785")
    rates, scene = {}, None
    for name in ("neon", "polystyrene"):
        scene = build_scene(board, resolve_sample(name), Conditions(), np.random.default_rng(seed))
        electrons = scene.steady * 1.0 if name == "neon" else scene.prompt * 100.0
        rates[name] = np.random.default_rng([seed, len(name)]).poisson(electrons) / board.detector.gain_e_per_count
    assert scene is not None
    start = start_from(board.optics.wavelength_nm, board.detector.pixels, board.light.wavelength_nm)
    found = fit_calibration(
        Measured(neon=rates["neon"], standard=rates["polystyrene"]), start, POLYSTYRENE, uid="u", board="b", now=NOW
    )
    at = np.arange(500.0, 1801.0, 100.0)
    error = np.interp(at, scene.shift_cm1, found.shift_cm1()) - at
    assert np.all(np.abs(error) < 2 * found.sigma_cm1(at))


def test_lamp_and_standard_exchanged_are_refused() -> None:
    instrument = Instrument()
    swapped = Measured(neon=instrument.standard(), standard=instrument.neon())
    with pytest.raises(CalibrationError):
        fit_calibration(swapped, nominal(), POLYSTYRENE, uid="u", board="b", now=NOW)
