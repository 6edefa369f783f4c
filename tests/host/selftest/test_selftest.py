"""The self-test on a sound bench, and on one with each thing broken in turn."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quayscan.device import DeviceClient
from quayscan.errors import CalibrationError
from quayscan.link.sim_link import SimLink
from quayscan.selftest import BenchHands, Outcome, selftest
from quayscan.selftest.axis import check_shift
from quayscan.selftest.chain import check_chain
from quayscan.selftest.detector import check_detector
from quayscan.selftest.light import check_light
from quayscan_hardware import load_board

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
BOARD = load_board("raman785")
NOW = datetime(2026, 11, 25, tzinfo=UTC)
NAMES = [
    "dark level",
    "noise",
    "pixel defects",
    "linearity",
    "light read-back",
    "interlock chain",
    "polystyrene shift",
]


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUAYSCAN_CONFIG", str(tmp_path))


@contextmanager
def bench(fault: str = "", speed: float = 50.0, sample: str = "polystyrene") -> Iterator[DeviceClient]:
    link = SimLink(f"sim:raman785?fault={fault}&interpreter=cpython", sample=sample, seed=5, speed=speed)
    with DeviceClient(link) as device:
        yield device


def failing(outcomes: list[Outcome]) -> list[str]:
    for one in outcomes:
        assert "" not in (one.finding, one.remedy)
        assert one.measured is not None
        assert one.passed == (one.measured <= one.limit)
    return [one.name for one in outcomes if not one.passed]


@pytest.mark.parametrize(
    ("fault", "named"),
    [("", []), ("dark-level", ["dark level"]), ("noise", ["noise"]), ("pixels", ["pixel defects"])],
)
def test_the_detector_in_the_dark_is_judged_by_the_board_s_figures(fault: str, named: list[str]) -> None:
    with bench(fault) as device:
        assert failing(check_detector(device, BOARD)) == named


@pytest.mark.parametrize(
    ("fault", "named"), [("", []), ("linearity", ["linearity"]), ("read-back", ["light read-back"])]
)
def test_light_grows_with_time_and_is_seen_by_the_photodiode(fault: str, named: list[str]) -> None:
    with bench(fault) as device:
        assert failing(check_light(device, BOARD)) == named


@pytest.mark.parametrize(("fault", "passed"), [("", True), ("axis", False)])
def test_polystyrene_lies_where_astm_e1840_says_or_the_shift_is_told(fault: str, passed: bool) -> None:
    with bench(fault) as device:
        outcome = check_shift(device, BOARD, now=NOW)
    assert (outcome.passed, outcome.limit) == (passed, 3.0)
    assert "nominal axis" in outcome.finding


def test_something_else_than_polystyrene_is_not_judged() -> None:
    with bench(sample="calcium-carbonate") as device, pytest.raises(CalibrationError, match="polystyrene"):
        check_shift(device, BOARD, now=NOW)


@pytest.mark.parametrize(("fault", "failed"), [("", ""), ("interlock", "does not hold: interlock")])
def test_each_link_of_the_chain_is_opened(fault: str, failed: str) -> None:
    with bench(fault, speed=3.0) as device:
        outcome = check_chain(device, BOARD, BenchHands(device.link.board.bench))
        assert outcome.passed == (not failed)
        assert (failed or "each keeps the light off") in outcome.finding
        assert not device.link.board.bench.light_on
        assert device.pending() == 0


def test_without_hands_the_finding_says_what_was_not_tried() -> None:
    with bench(speed=3.0) as device:
        assert "key and interlock were NOT tried" in check_chain(device, BOARD, None).finding


def test_a_fault_that_the_device_latches_fails_the_group_and_the_rest_goes_on() -> None:
    with bench(speed=3.0) as device:
        device.link.board.bench.photodiode_stuck = 20
        outcomes = list(selftest(device, hands=BenchHands(device.link.board.bench), now=NOW))
    assert [one.name for one in outcomes] == NAMES
    failed = {one.name: one.finding for one in outcomes if not one.passed}
    assert "LIGHT_MISMATCH" in failed["light read-back"]
    assert not {"dark level", "noise", "pixel defects"} & set(failed)


def run(quayscan, fault: str):
    port = f"sim:raman785?speed=6&fault={fault}"
    return quayscan("device", "selftest", "--port", port, "--seed", "5", "--json")


def test_a_sound_bench_gives_exit_code_0_and_every_figure_with_its_limit(quayscan) -> None:
    done = run(quayscan, "")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert (done.code, [row["name"] for row in rows]) == (0, NAMES), done
    assert all(row["passed"] and row["measured"] <= row["limit"] and row["unit"] for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "name"),
    list(zip(["dark-level", "noise", "pixels", "linearity", "read-back", "interlock", "axis"], NAMES, strict=True)),
)
def test_each_broken_thing_gives_exit_code_1_and_its_name(quayscan, fault: str, name: str) -> None:
    done = run(quayscan, fault)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 1, done
    assert [row["name"] for row in rows if not row["passed"]] == [name]
