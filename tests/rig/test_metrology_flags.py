"""A board with one thing out of its limits is named by that thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quayscan.rig import CASES, FAILED, PASSED, VirtualResources, open_rig, run_case
from quayscan.rig.spec import SPEED
from quayscan_hardware import load_board
from quayscan_hardware.bench import Conditions
from quayscan_hardware.board import Board

RAMAN = load_board("raman785")
METROLOGY = [case for case in CASES if case.group == "metrology"]


def detector(**change: Callable[[float], float]) -> Board:
    """The board with figures of its detector changed."""
    now = RAMAN.detector
    return replace(RAMAN, detector=replace(now, **{name: by(getattr(now, name)) for name, by in change.items()}))


FAULTS: Mapping[str, tuple[Board, Mapping[str, Any]]] = {
    "gain": (detector(gain_e_per_count=lambda gain: 1.25 * gain), {}),
    "read noise": (detector(read_noise_e=lambda noise: 1.5 * noise), {}),
    "full well": (detector(full_well_e=lambda well: 0.6 * well), {}),
    "dark current": (detector(dark_e_per_s=lambda dark: 1.6 * dark), {}),
    "dark slope": (detector(dark_doubling_c=lambda doubling: 0.8 * doubling), {}),
    "linearity": (RAMAN, {"nonlinearity": 0.1}),
    "neon lines": (RAMAN, {"axis_step_nm": 0.2}),
    "axis": (RAMAN, {"axis_shift_nm": 0.4}),
    "resolution": (replace(RAMAN, optics=replace(RAMAN.optics, slit_fwhm_px=19.0)), {}),
    "stray light": (RAMAN, {"stray_light": 0.01}),
    "repeatability": (RAMAN, {"loose_probe": 0.15}),
    "warm-up": (RAMAN, {"warm_up_nm": 0.2}),
}
ALONG = {
    "linearity": {"gain", "full well"},
    "neon lines": {"axis"},
    "axis": set[str](),
    "gain": {"full well"},
    "warm-up": {"repeatability"},
}
"""What else goes over its limit with it, and rightly: a bent curve has another slope, a step moves the axis."""


def failing(name: str, keys: Path, every: bool) -> dict[str, str]:
    """Cases of the broken board that fail, with their findings."""
    board, conditions = FAULTS[name]
    resources = VirtualResources(board, seed=8, speed=SPEED, conditions=Conditions(**conditions), interpreter="cpython")
    rig = open_rig(resources, keys, 8)
    try:
        results = [run_case(rig, case, 8) for case in METROLOGY if every or case.name == name]
    finally:
        rig.close()
    assert {one.outcome for one in results} <= {PASSED, FAILED}
    return {one.name: one.finding for one in results if one.failed}


def test_every_figure_has_its_fault() -> None:
    assert list(FAULTS) == [case.name for case in METROLOGY]


@pytest.mark.parametrize("name", ["gain", "full well", "axis", "resolution", "stray light"])
def test_a_figure_over_its_limit_is_named(name: str, tmp_path: Path) -> None:
    assert name in failing(name, tmp_path, every=False)


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_board_is_named_by_what_is_broken_and_by_nothing_else(name: str, tmp_path: Path) -> None:
    found = failing(name, tmp_path, every=True)
    assert name in found
    assert set(found) - {name} <= ALONG.get(name, set()), found
