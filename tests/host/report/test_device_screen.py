"""A verdict on the handheld: from a scan on the bench to the dots of its display."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from quayscan import pipeline
from quayscan.device import DeviceClient, Screen
from quayscan.link.sim_link import SimLink
from quayscan.report.device_screen import device_screen

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
REQUEST = pipeline.Request(jurisdictions=("UN88",), at=date(2026, 11, 25))


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUAYSCAN_CONFIG", str(tmp_path))


def test_a_scan_ends_with_its_verdict_on_the_device() -> None:
    with DeviceClient(SimLink("sim:raman785", sample="acetone", seed=3, speed=20.0)) as device:
        result = pipeline.scan(device, request=REQUEST)
        screen = device_screen(result.verdict)
        for _ in range(20):
            device.status()
        seen = device.link.board.bench.display.dots()
        device.show(Screen(verdict="UNKNOWN", action="SEND_TO_LAB"))
        for _ in range(20):
            device.status()
        other = device.link.board.bench.display.dots()
        device.show(screen)
        for _ in range(20):
            device.status()
        again = device.link.board.bench.display.dots()
    assert (screen.verdict, screen.action, screen.substance) == ("MATCH", "ALERT", "Acetone")
    assert screen.note.startswith("UN88")
    assert screen.bar == pytest.approx(result.verdict.candidates[0].score)
    assert (seen == again).all()
    assert (seen != other).sum() > 400


def test_inadequate_data_show_the_cause_and_no_bar() -> None:
    with DeviceClient(SimLink("sim:raman785", sample="none", seed=3, speed=20.0)) as device:
        screen = device_screen(pipeline.scan(device, request=REQUEST).verdict)
    assert (screen.verdict, screen.action, screen.bar, screen.substance) == ("INADEQUATE", "RESCAN", None, "")
    assert screen.note
