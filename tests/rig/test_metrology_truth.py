"""Metrology finds what the bench was set to, whatever that is: each seed sets another board."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from quayscan.rig import Rig, VirtualResources, open_rig
from quayscan.rig.metrology.axis import measure_lamp, measure_laser
from quayscan.rig.metrology.dark import dark_current
from quayscan.rig.metrology.lines import line_widths, stray_share
from quayscan.rig.metrology.transfer import measure_transfer
from quayscan.rig.metrology.well import WELL
from quayscan.rig.spec import SPEED
from quayscan_hardware import load_board
from quayscan_hardware.bench import Bench, Conditions
from quayscan_hardware.bench.slit import FWHM_PER_SIGMA, sigma_px
from quayscan_hardware.board import Board

GAIN, READ_NOISE = 0.03, 0.03
AXIS_CM1, RESOLUTION = 0.5, 0.10


def drawn_board(seed: int, name: str = "raman785") -> Board:
    """The board with another gain, read noise, full well, dark current and slit."""
    rng = np.random.default_rng(seed)
    board = load_board(name)
    detector = board.detector
    gain = detector.gain_e_per_count * rng.uniform(0.6, 1.8)
    return replace(
        board,
        detector=replace(
            detector,
            gain_e_per_count=gain,
            read_noise_e=detector.read_noise_e * rng.uniform(0.6, 2.5),
            full_well_e=0.9 * gain * detector.adc_max * rng.uniform(0.6, 1.3),
            dark_e_per_s=detector.dark_e_per_s * rng.uniform(0.5, 1.5),
            adc_offset=rng.uniform(600.0, 2000.0),
        ),
        optics=replace(board.optics, slit_fwhm_px=board.optics.slit_fwhm_px * rng.uniform(0.75, 1.5)),
    )


@contextmanager
def rig_of(board: Board, seed: int, keys: Path, **conditions: float) -> Iterator[tuple[Rig, Bench]]:
    made = Conditions(**conditions)  # type: ignore[arg-type]
    resources = VirtualResources(board, seed=seed, speed=SPEED, conditions=made, interpreter="cpython")
    rig = open_rig(resources, keys, seed)
    try:
        assert resources.truth is not None
        yield rig, resources.truth
    finally:
        rig.close()


def check_detector(rig: Rig, board: Board) -> None:
    transfer = measure_transfer(rig)
    detector = board.detector
    assert transfer.gain == pytest.approx(detector.gain_e_per_count, rel=GAIN)
    assert transfer.read_noise_e == pytest.approx(detector.read_noise_e, rel=READ_NOISE)
    assert abs(transfer.gain / detector.gain_e_per_count - 1) < 5 * transfer.gain_sigma / transfer.gain
    well = WELL[0].run(rig).details
    ends = min(detector.full_well_e, (detector.adc_max - detector.adc_offset) * detector.gain_e_per_count)
    assert well["full_well_e"] == pytest.approx(ends, rel=0.03)
    current, temp_c = dark_current(rig)
    true = detector.dark_e_per_s * 2 ** ((temp_c - detector.dark_reference_c) / detector.dark_doubling_c)
    by_nominal_gain = true * rig.board.detector.gain_e_per_count / detector.gain_e_per_count
    assert current == pytest.approx(by_nominal_gain, rel=0.03)


def check_optics(rig: Rig, bench: Bench, board: Board, stray_light: float) -> None:
    lamp = measure_lamp(rig)
    seen, true = 1e7 / lamp.wavelength_nm(), 1e7 / bench.true_wavelength_nm
    assert float(np.max(np.abs(seen - true))) < AXIS_CM1
    laser = measure_laser(rig)
    assert abs(1e7 / laser.laser_nm - 1e7 / bench.true_laser_nm) < 5 * 1e7 / laser.laser_nm**2 * laser.sigma_nm
    pixel, width = line_widths(lamp)
    cm1_per_px = np.abs(np.gradient(true))[np.rint(pixel).astype(int)]
    made = FWHM_PER_SIGMA * sigma_px(board.optics.slit_fwhm_px) * cm1_per_px
    assert width == pytest.approx(made, rel=RESOLUTION)
    assert stray_share(lamp) == pytest.approx(stray_light, abs=0.004)


def check_seed(seed: int, keys: Path) -> None:
    board, stray_light = drawn_board(seed), float(np.random.default_rng(seed + 1).uniform(0.0, 0.03))
    with rig_of(board, seed, keys, stray_light=stray_light) as (rig, bench):
        check_detector(rig, board)
        check_optics(rig, bench, board, stray_light)


def test_a_board_s_figures_are_found_whatever_they_are(tmp_path: Path) -> None:
    check_seed(101, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 220))
def test_twenty_boards_figures_are_found_whatever_they_are(tmp_path: Path, seed: int) -> None:
    check_seed(seed, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(300, 302))
def test_near_infrared_boards_too(tmp_path: Path, seed: int) -> None:
    board = drawn_board(seed, "nir1700")
    with rig_of(board, seed, tmp_path) as (rig, _):
        check_detector(rig, board)
