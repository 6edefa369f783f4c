"""Pixel to wavelength from a neon lamp: near the nominal axis, far from it, and without one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from drawn_instrument import NOMINAL_NM, PIXELS, Instrument, displaced, nominal

from quayscan.calibrate.fit import start_from_ends
from quayscan.calibrate.lamp_image import lamp_image
from quayscan.calibrate.lamp_search import NARROW, search_axis
from quayscan.calibrate.peaks import find_lines
from quayscan.calibrate.pixel_file import read_pixels
from quayscan.calibrate.polynomial import over_pixels, position_of
from quayscan.calibrate.wavelength_fit import WavelengthFit, fit_wavelength
from quayscan.errors import CalibrationError
from quayscan_spectra.calibration_lines import lamp_lines

POSITION = position_of(np.arange(PIXELS), PIXELS)


def fitted(instrument: Instrument) -> WavelengthFit:
    return fit_wavelength(find_lines(instrument.neon()), lamp_lines(), PIXELS, nominal().axis)


@pytest.mark.parametrize(
    ("offset_nm", "stretch", "bow_nm"),
    [(0.0, 0.0, 0.0), (0.8, 0.002, 0.1), (-5.0, -0.01, 0.3), (11.0, 0.01, -0.3), (-11.0, 0.015, 0.2)],
)
def test_an_axis_far_from_the_nominal_one_is_found_to_a_thirtieth_of_a_pixel(
    offset_nm: float, stretch: float, bow_nm: float
) -> None:
    instrument = displaced(offset_nm, stretch, bow_nm)
    found = fitted(instrument)
    error = found.axis(POSITION) - instrument.wavelength_nm
    # between the lowest and the highest line; a pixel is 0.09 nm
    inside = (instrument.wavelength_nm > found.line_nm[0]) & (instrument.wavelength_nm < found.line_nm[-1])
    assert np.sqrt(np.mean(error[inside] ** 2)) < 0.003
    assert found.pixel.size >= 20


def test_the_range_that_an_instrument_sees_is_enough_to_begin_with() -> None:
    instrument = displaced(1.0, 0.003)
    start = start_from_ends(780.0, 985.0, 785.0)
    found = fit_wavelength(find_lines(instrument.neon()), lamp_lines(), PIXELS, start.axis, span=start.span)
    inside = (instrument.wavelength_nm > 800) & (instrument.wavelength_nm < 960)
    assert np.max(np.abs(found.axis(POSITION) - instrument.wavelength_nm)[inside]) < 0.03


def test_lines_that_run_together_do_not_bend_the_axis() -> None:
    """At a width of 1.2 nm half of the lines are blends."""
    instrument = Instrument(fwhm_px=13.0)
    error = fitted(instrument).axis(POSITION) - instrument.wavelength_nm
    assert np.max(np.abs(error)) < 0.05


def test_peaks_of_no_lamp_are_left_out() -> None:
    instrument = displaced(0.5)
    stray = np.array([803.0, 846.9, 901.3])
    counts = instrument.neon() + instrument.lines(stray, np.full(3, 8000.0))
    found = fit_wavelength(find_lines(counts), lamp_lines(), PIXELS, nominal().axis)
    assert found.rejected >= 3
    assert np.max(np.abs(found.axis(POSITION) - instrument.wavelength_nm)) < 0.03


def test_the_covariance_covers_the_error_and_grows_beyond_the_lines() -> None:
    pulls = []
    for seed in range(8):
        instrument = Instrument(noise=60.0, seed=seed)
        axis = fitted(instrument).axis
        middle = POSITION[600:1500:100]
        pulls.append((axis(middle) - instrument.wavelength_nm[600:1500:100]) / axis.sigma(middle))
    assert np.sqrt(np.mean(np.square(pulls))) < 2.0
    assert axis.sigma(np.array([1.5]))[0] > 5 * axis.sigma(np.array([0.0]))[0]


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        (np.random.default_rng(2).normal(1000, 5, PIXELS), "only 0 narrow lines"),
        (Instrument().standard(), "needed|not recognised"),
    ],
)
def test_what_is_no_neon_lamp_is_refused_and_says_what_to_do(counts: np.ndarray, says: str) -> None:
    with pytest.raises(CalibrationError, match=says):
        fit_wavelength(find_lines(counts), lamp_lines(), PIXELS, nominal().axis)


@pytest.mark.needs_shared_data
@pytest.mark.parametrize("ends", [(580.0, 660.0), (785.0, 1000.0), (800.0, 900.0)])
def test_neon_lines_of_another_range_are_never_taken_for_those_of_the_table(
    shared_data: Path, ends: tuple[float, float]
) -> None:
    """585 to 653 nm, in every fourth of 17 sessions: the table has none of them, and a free search no axis."""
    for path in sorted((shared_data / "spectra/calibration/openraman").glob("*neon*"))[::4]:
        counts = read_pixels(path).counts
        start = start_from_ends(*ends, 785.0)
        with pytest.raises(CalibrationError):
            fit_wavelength(find_lines(counts), lamp_lines(), counts.size, start.axis, span=start.span)


def test_the_image_of_a_lamp_is_its_lines_where_they_stand_alone_and_between_them_where_not() -> None:
    sharp, broad = lamp_image(lamp_lines(), 0.05), lamp_image(lamp_lines(), 0.6)
    assert sharp.wavelength_nm.size > broad.wavelength_nm.size
    alone = np.argmin(np.abs(broad.wavelength_nm - 830.0326))
    assert broad.wavelength_nm[alone] == pytest.approx(830.0326, abs=0.03)
    pair = np.argmin(np.abs(broad.wavelength_nm - 878.17))
    assert 878.0623 < broad.wavelength_nm[pair] < 878.3753
    assert broad.sigma_nm[pair] > 10 * sharp.sigma_nm[np.argmin(np.abs(sharp.wavelength_nm - 878.0623))]


def test_the_search_alone_comes_within_a_few_pixels() -> None:
    instrument = displaced(7.0, -0.008, 0.2)
    peaks = find_lines(instrument.neon())
    image = lamp_image(lamp_lines(), 0.36)
    start = over_pixels(NOMINAL_NM, PIXELS)
    found = search_axis(position_of(peaks.pixel, PIXELS), peaks.height, start, image, NARROW)
    assert np.max(np.abs(found(POSITION) - instrument.wavelength_nm)[300:1700]) < 0.3
