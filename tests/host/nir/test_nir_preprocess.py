"""From absorbance on any axis to a curve that scatter does not touch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import savgol_filter

from quayscan.errors import SpectrumError
from quayscan.preprocess.nir import prepare_nir
from quayscan.preprocess.nir.derivative import DEGREE, WIDTH_POINTS, derivative_mask, second_derivative
from quayscan.preprocess.nir.grid import (
    GRID,
    POINTS,
    STEP_NM,
    WINDOW,
    WINDOW_POINTS,
    WINDOW_START_NM,
    WINDOW_STOP_NM,
)
from quayscan.preprocess.nir.resample import nir_kernel_for
from quayscan.spectrum import Spectrum

from .drawn_powders import AXIS, absorbance, scan


def spectrum(values: np.ndarray, axis: np.ndarray = AXIS, **more: object) -> Spectrum:
    return Spectrum(axis=axis, intensity=values, axis_unit="wavelength_nm", **more)


def test_the_window_lies_where_its_names_say() -> None:
    assert (GRID[WINDOW][0], GRID[WINDOW][-1], GRID[WINDOW].size) == (WINDOW_START_NM, WINDOW_STOP_NM, WINDOW_POINTS)


@pytest.mark.parametrize("step", [0.5, 1.0, 3.7, 6.0])
def test_a_parabola_comes_through_exactly_on_any_axis(step: float) -> None:
    axis = np.arange(903.0, 1699.0, step)
    kernel = nir_kernel_for(axis)

    def parabola(at: np.ndarray) -> np.ndarray:
        return 0.3 + 1e-3 * (at - 1200.0) - 4e-6 * (at - 1200.0) ** 2

    found = kernel.operator @ parabola(axis)
    np.testing.assert_allclose(found[kernel.mask], parabola(GRID)[kernel.mask], atol=1e-10)
    assert kernel.mask[(axis[0] <= GRID) & (axis[-1] >= GRID)].all()


def test_a_band_keeps_its_height_on_a_coarse_axis() -> None:
    drawn = absorbance("alpha", GRID)
    found = nir_kernel_for(AXIS).operator @ absorbance("alpha")
    np.testing.assert_allclose(found[WINDOW], drawn[WINDOW], atol=0.002)  # 1 % of the highest band


def test_nothing_is_made_up_beyond_the_axis_or_in_a_gap() -> None:
    axis = np.concatenate([np.arange(1000.0, 1200.0, 4.0), np.arange(1300.0, 1500.0, 4.0)])
    mask = nir_kernel_for(axis).mask
    assert not mask[(GRID < 1000.0) | (GRID > 1496.0) | ((GRID > 1208.0) & (GRID < 1288.0))].any()
    assert mask[(GRID >= 1000.0) & (GRID <= 1190.0)].all()


def test_the_derivative_is_that_of_savitzky_and_golay() -> None:
    values = absorbance("beta", GRID)
    slow = savgol_filter(values, WIDTH_POINTS, DEGREE, deriv=2, delta=STEP_NM)[WINDOW]
    np.testing.assert_allclose(second_derivative() @ values, slow, atol=1e-12)


def test_a_window_point_counts_only_with_its_whole_neighbourhood() -> None:
    mask = np.ones(POINTS, dtype=bool)
    mask[WINDOW.start + 20] = False
    lost = np.flatnonzero(~derivative_mask(mask))
    assert lost.tolist() == list(range(20 - WIDTH_POINTS // 2, 20 + WIDTH_POINTS // 2 + 1))


@given(path=st.floats(0.2, 5.0), offset=st.floats(-0.5, 1.5), slope=st.floats(-0.3, 0.3))
def test_path_length_offset_and_slope_of_the_scatter_leave_the_curve_alone(
    path: float, offset: float, slope: float
) -> None:
    plain = prepare_nir(spectrum(absorbance("gamma")))
    other = prepare_nir(spectrum(path * absorbance("gamma") + offset + slope * (AXIS - 1300.0) / 400.0))
    np.testing.assert_allclose(other.curve, plain.curve, atol=1e-9)
    assert np.linalg.norm(plain.curve) == pytest.approx(1.0)


def test_the_noise_of_the_curve_is_what_many_scans_show() -> None:
    one = prepare_nir(spectrum(absorbance("alpha"), variance=np.full(AXIS.size, 1e-8)))
    rng = np.random.default_rng(1)
    curves = [prepare_nir(spectrum(absorbance("alpha") + rng.normal(0, 1e-4, AXIS.size))).curve for _ in range(400)]
    ratio = np.std(curves, axis=0) / np.sqrt(one.noise)
    assert np.median(ratio) == pytest.approx(1.0, abs=0.05)  # 400 draws: 3.5 % a point
    assert one.quality.signal_to_noise == pytest.approx(1.0 / np.sqrt(one.noise.sum()))


def test_without_a_variance_the_noise_is_read_from_the_pixels() -> None:
    stated = prepare_nir(spectrum(scan("alpha", 1).intensity, variance=np.full(AXIS.size, 1e-8)))
    estimated = prepare_nir(scan("alpha", 1))
    assert 0.5 < estimated.quality.signal_to_noise / stated.quality.signal_to_noise < 2.0


def test_coverage_level_and_what_the_spectrum_says_go_with_it() -> None:
    half = prepare_nir(scan("alpha", 1, axis=np.arange(905.0, 1305.0, 3.7)))
    assert 0.45 < half.quality.coverage < 0.5
    assert not half.curve[-50:].any()
    said = prepare_nir(spectrum(absorbance("alpha") + 1.0, notes=("said",), defect="lamp", saturated_fraction=0.5))
    assert (said.quality.notes, said.quality.defect, said.quality.saturated_fraction) == (("said",), "lamp", 0.5)
    assert said.quality.level_to_noise == pytest.approx(1.0 + absorbance("alpha", GRID[WINDOW]).mean(), abs=1e-3)


def test_a_raman_shift_is_refused() -> None:
    with pytest.raises(SpectrumError, match="Raman shift"):
        prepare_nir(Spectrum(axis=AXIS, intensity=absorbance("alpha")))


def test_arrays_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="read-only"):
        prepare_nir(scan("alpha", 1)).curve[0] = 1.0
