"""Dark, white tile and sample become absorbance with a variance, or a defect says why they cannot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from quayscan.calibrate import calibrate
from quayscan.errors import SpectrumError
from quayscan.exposure import Exposure
from quayscan_hardware import load_board

BOARD = load_board("nir1700")
PIXELS = BOARD.detector.pixels


def exposure(dark: int = 1200, white: int = 41200, light: int = 5200, averages: int = 16) -> Exposure:
    return Exposure(
        light_sum=np.full(PIXELS, light * averages),
        dark_sum=np.full(PIXELS, dark * averages),
        white_sum=np.full(PIXELS, white * averages),
        averages=averages,
        exposure_us=20_000,
        board=BOARD.name,
        uid="00" * 8,
        firmware="0.1.0",
        implementation="micropython",
        laser_mw=500.0,
        detector_temp_c=20.0,
        light_temp_c=30.0,
        photodiode=25_000,
        adc_max=65_535,
        saturated=64,
        uptime_ms=1,
        exposure_id=1,
        mode="HOSTED",
        authenticated=True,
        light_on_ms=4,
    )


def test_a_tenth_of_the_white_is_an_absorbance_of_one_over_the_boards_axis() -> None:
    spectrum = calibrate(exposure(), title="x")
    np.testing.assert_allclose(spectrum.intensity, 1.0)
    np.testing.assert_array_equal(spectrum.axis, BOARD.wavelength_nm())
    assert (spectrum.axis_unit, spectrum.laser_nm, spectrum.defect, spectrum.title) == ("wavelength_nm", None, "", "x")
    assert spectrum.saturated_fraction == pytest.approx(64 / PIXELS)


def test_the_variance_is_what_many_noisy_exposures_show() -> None:
    rng, seen = np.random.default_rng(1), []
    gain, read = BOARD.detector.gain_e_per_count, BOARD.detector.read_noise_e
    for _ in range(400):
        sums = []
        for level in (1200, 41200, 5200):
            electrons = rng.poisson((level - 1000) * gain, (16, PIXELS)) + rng.normal(0, read, (16, PIXELS))
            sums.append(np.rint(electrons / gain + 1000).sum(axis=0).astype(np.uint32))
        one = replace(exposure(), dark_sum=sums[0], white_sum=sums[1], light_sum=sums[2])
        seen.append(calibrate(one).intensity)
    expected = calibrate(exposure()).variance
    assert np.var(seen, axis=0).mean() == pytest.approx(expected.mean(), rel=0.03)  # 400 x 256 draws


def test_no_light_at_all_is_a_large_absorbance_with_a_variance_to_match() -> None:
    spectrum = calibrate(exposure(light=1200))
    assert np.all(spectrum.intensity > 3.0)
    np.testing.assert_allclose(
        np.sqrt(spectrum.variance), 1 / np.log(10), rtol=0.01
    )  # it may as well be a factor e more


def test_pixels_whose_white_is_lost_in_noise_are_left_out() -> None:
    one = exposure()
    white = one.white_sum.copy()
    white[:20] = one.dark_sum[:20]
    spectrum = calibrate(replace(one, white_sum=white))
    np.testing.assert_array_equal(spectrum.axis, BOARD.wavelength_nm()[20:])
    assert spectrum.defect == ""


@pytest.mark.parametrize(
    ("change", "defect"),
    [
        ({"laser_mw": 0.0}, "lamp"),
        ({"photodiode": BOARD.light.photodiode_on - 1}, "lamp"),
        ({"white_sum": None}, "reference"),
        ({"white_sum": np.full(PIXELS, 1200 * 16)}, "reference"),
    ],
)
def test_what_is_missing_is_named(change: dict[str, object], defect: str) -> None:
    assert calibrate(replace(exposure(), **change)).defect == defect


def test_an_unprovisioned_device_is_said_to_be_unauthenticated() -> None:
    assert "UNAUTHENTICATED" in calibrate(replace(exposure(), authenticated=False)).notes[0]


def test_a_white_of_another_length_is_no_exposure() -> None:
    with pytest.raises(SpectrumError, match="white 5"):
        replace(exposure(), white_sum=np.ones(5))
