"""Narrow lines in a row of pixels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan.calibrate.peaks import find_lines
from quayscan.calibrate.pixel_file import read_pixels
from quayscan.errors import SpectrumError


def row(*centres: float, fwhm: float = 6.0, height: float = 1000.0, noise: float = 1.0, size: int = 400) -> np.ndarray:
    pixel = np.arange(size, dtype=float)
    lines = sum(height * np.exp(-4 * np.log(2) * ((pixel - centre) / fwhm) ** 2) for centre in centres)
    return 200.0 + 0.1 * pixel + lines + np.random.default_rng(5).normal(0, noise, size)


@given(st.floats(100.0, 300.0))
def test_a_centre_is_found_to_a_fiftieth_of_a_pixel_wherever_it_lies(centre: float) -> None:
    found = find_lines(row(centre))
    nearest = int(np.argmin(np.abs(found.pixel - centre)))
    # noise of 1 in 1,000 over a width of 6 pixels puts the centre within some 0.003 pixels
    assert found.pixel[nearest] == pytest.approx(centre, abs=0.02)
    assert found.fwhm[nearest] == pytest.approx(6.0, rel=0.05)
    assert found.height[nearest] == pytest.approx(1000.0, rel=0.05)


def test_the_stated_uncertainty_is_that_of_many_draws() -> None:
    rng = np.random.default_rng(7)
    clean = row(200.3, noise=0.0)
    draws = [find_lines(clean + rng.normal(0, 50.0, clean.size), least_prominence=8.0) for _ in range(120)]
    main = [(one.pixel[np.argmax(one.height)], one.sigma[np.argmax(one.height)]) for one in draws]
    centre, sigma = np.array(main).T
    assert np.std(centre) == pytest.approx(np.median(sigma), rel=0.35)


def test_hot_pixels_are_no_lines() -> None:
    counts = row(100.0, 200.0, 300.0)
    counts[150] += 5000.0
    np.testing.assert_allclose(find_lines(counts).pixel, [100, 200, 300], atol=0.05)


def test_a_narrow_line_among_broad_humps_is_found() -> None:
    pixel = np.arange(400, dtype=float)
    humps = sum(3000.0 * np.exp(-0.5 * ((pixel - centre) / 25.0) ** 2) for centre in (60.0, 330.0))
    found = find_lines(row(200.0, fwhm=3.0, height=9000.0) + humps)
    assert np.min(np.abs(found.pixel - 200.0)) < 0.02


def test_a_clipped_line_is_left_out() -> None:
    found = find_lines(np.minimum(row(100.0, 200.0, fwhm=20.0, noise=0.0), 900.0))
    assert found.pixel.size == 0


def test_noise_alone_has_no_lines() -> None:
    assert len(find_lines(np.random.default_rng(3).normal(500.0, 10.0, 4000))) == 0


def test_lines_come_in_order_of_their_place() -> None:
    found = find_lines(row(300.0, 50.0, 120.0))
    assert np.all(np.diff(found.pixel) > 0)


@pytest.mark.parametrize("counts", [np.ones(5), np.ones((4, 40)), np.full(100, np.nan)])
def test_what_is_no_row_of_numbers_is_refused(counts: np.ndarray) -> None:
    with pytest.raises(SpectrumError, match="no row of at least 16"):
        find_lines(counts)


@pytest.mark.needs_shared_data
def test_every_neon_session_of_another_make_shows_its_lines(shared_data: Path) -> None:
    """OpenRAMAN at 532 nm, 17 sessions of one unit."""
    files = sorted((shared_data / "spectra/calibration/openraman").glob("*neon*"))
    found = [find_lines(read_pixels(path).counts) for path in files]
    assert len(found) == 17
    assert min(len(one) for one in found) >= 8
