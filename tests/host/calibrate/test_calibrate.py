"""Counts become a spectrum on the board's axis, with the noise that the detector makes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from exposures import BOARD, PIXELS, exposure
from states import UID, calibration

from quayscan.calibrate import calibrate
from quayscan.errors import CalibrationError, DeviceRefused


def test_mean_light_minus_mean_dark_over_the_boards_axis() -> None:
    spectrum = calibrate(exposure(np.full(PIXELS, 4800), np.full(PIXELS, 4400)), title="x")
    np.testing.assert_array_equal(spectrum.intensity, 100.0)
    np.testing.assert_array_equal(spectrum.axis, BOARD.shift_cm1())
    assert (spectrum.laser_nm, spectrum.title) == (785.0, "x")
    assert spectrum.saturated_fraction == pytest.approx(36 / PIXELS)


def test_dark_above_light_gives_negative_intensity_and_no_wrap() -> None:
    assert calibrate(exposure(np.full(PIXELS, 4000), np.full(PIXELS, 4400))).intensity[0] == -100


def test_an_unprovisioned_device_is_said_to_be_unauthenticated() -> None:
    one = exposure(np.full(PIXELS, 4800), np.full(PIXELS, 4400))
    assert "UNAUTHENTICATED" in calibrate(one).notes[0]
    assert calibrate(replace(one, authenticated=True)).notes == ()


def test_the_variance_is_that_of_many_simulated_exposures() -> None:
    rng = np.random.default_rng(3)
    detector = BOARD.detector
    light_e, dark_e, averages = 8000.0, 2000.0, 4

    def counts(mean_e: float) -> np.ndarray:
        electrons = rng.poisson(mean_e, (averages, PIXELS)) + rng.normal(0, detector.read_noise_e, (averages, PIXELS))
        return np.round(electrons / detector.gain_e_per_count + detector.adc_offset).astype(np.uint32).sum(axis=0)

    spectrum = calibrate(exposure(counts(light_e), counts(dark_e), averages))
    assert spectrum.variance is not None
    # 3,648 pixels: the sample variance has a relative sd of sqrt(2/3648) = 2.3 %
    assert np.var(spectrum.intensity) == pytest.approx(np.mean(spectrum.variance), rel=0.08)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"board": "toaster"}, "calls itself 'toaster'"),
        ({"board": "nir1700"}, "256 pixels and the exposure 3648"),
        ({"light_sum": np.ones(5), "dark_sum": np.ones(5)}, "3648 pixels and the exposure 5"),
    ],
)
def test_a_board_that_does_not_fit_is_refused(change: dict[str, object], says: str) -> None:
    one = exposure(np.full(PIXELS, 4800), np.full(PIXELS, 4400))
    with pytest.raises(DeviceRefused, match=says):
        calibrate(replace(one, **change))


def test_a_calibrated_device_gets_its_own_axis_laser_and_response() -> None:
    one = replace(exposure(np.full(PIXELS, 4800), np.full(PIXELS, 4400)), authenticated=True)
    known = calibration()
    spectrum = calibrate(one, known)
    np.testing.assert_array_equal(spectrum.axis, known.shift_cm1())
    assert spectrum.laser_nm == 785.1
    assert known.response is not None
    np.testing.assert_allclose(spectrum.intensity * known.response(spectrum.axis), 100.0)
    plain = calibrate(one)
    assert plain.variance is not None
    assert spectrum.variance is not None
    np.testing.assert_allclose(spectrum.variance * known.response(spectrum.axis) ** 2, plain.variance)


def test_the_note_tells_date_and_uncertainty_of_the_axis() -> None:
    one = replace(exposure(np.full(PIXELS, 4800), np.full(PIXELS, 4400)), authenticated=True)
    (note, remark) = calibrate(one, calibration(), remarks=("Look here.",)).notes
    assert "calibrated on 2026-11-25" in note
    assert "0.3 cm-1 at 1000 cm-1" in note
    assert remark == "Look here."


@pytest.mark.parametrize("change", [{"uid": "11" * 8}, {"pixels": 2048}])
def test_the_calibration_of_another_device_is_refused(change: dict[str, object]) -> None:
    one = exposure(np.full(PIXELS, 4800), np.full(PIXELS, 4400))
    assert one.uid == UID
    with pytest.raises(CalibrationError, match="does not belong to device"):
        calibrate(one, calibration(**change))
