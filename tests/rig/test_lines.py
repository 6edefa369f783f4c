"""Lines of the lamp: pixels that glow spoil none, and light astray is told from light in lines."""

from __future__ import annotations

import numpy as np
import pytest

from quayscan.calibrate.peaks import find_lines
from quayscan.calibrate.polynomial import over_pixels
from quayscan.calibrate.wavelength_fit import fit_wavelength
from quayscan.errors import RigViolation
from quayscan.rig.metrology.axis import Lamp, _without_hot_pixels
from quayscan.rig.metrology.lines import line_widths, stray_share
from quayscan_hardware import load_board
from quayscan_hardware.bench.lamps import lamp_profile
from quayscan_hardware.bench.slit import FWHM_PER_SIGMA, sigma_px
from quayscan_spectra.calibration_lines import lamp_lines

BOARD = load_board("raman785")


def drawn(slit_px: float, astray: float = 0.0) -> Lamp:
    """The lamp as a board with this slit sees it, without noise but for a little, `astray` of its light everywhere."""
    light = 20_000 * lamp_profile(BOARD.wavelength_nm(), slit_px, "Ne I")
    light = (1 - astray) * light + astray * light.mean()
    counts = light + np.random.default_rng(1).normal(0.0, 1.0, light.size)
    peaks = find_lines(counts)
    start = over_pixels(BOARD.optics.wavelength_nm, counts.size)
    return Lamp(counts=counts, peaks=peaks, fit=fit_wavelength(peaks, lamp_lines(), counts.size, start))


@pytest.mark.parametrize("slit_px", [10.0, 13.0, 18.0])
def test_widths_are_those_of_the_slit(slit_px: float) -> None:
    pixel, width = line_widths(drawn(slit_px))
    cm1_per_px = np.interp(pixel, np.arange(BOARD.detector.pixels), np.abs(np.gradient(BOARD.shift_cm1())))
    assert width == pytest.approx(FWHM_PER_SIGMA * sigma_px(slit_px) * cm1_per_px, rel=0.01)


def test_a_slit_so_wide_that_no_line_stands_alone_is_told() -> None:
    with pytest.raises(RigViolation, match="stand alone and 3 are needed"):
        line_widths(drawn(40.0))


@pytest.mark.parametrize("astray", [0.0, 0.01, 0.2])
def test_light_astray_is_found_whatever_its_share(astray: float) -> None:
    assert stray_share(drawn(13.0, astray)) == pytest.approx(astray, abs=0.0005)


def test_a_pixel_that_glows_is_bridged_and_no_other_is_touched() -> None:
    dark = np.random.default_rng(2).normal(4000.0, 300.0, 400)
    counts = 100.0 + np.arange(400.0)
    dark[120], counts[120] = 64_535.0, 0.0
    bridged = _without_hot_pixels(counts, dark)
    assert bridged == pytest.approx(100.0 + np.arange(400.0))
