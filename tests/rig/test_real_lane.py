"""The lane of a real board, with the same bytes: a RIG.toml whose two ports are ptys before the real programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quayscan.rig import CASES, PASSED, SKIPPED, Rig, open_resources, open_rig, parse_rig, run_case
from quayscan_hardware.rig.twin import RigTwin
from quayscan_hardware.sim import VirtualBoard

BY_NAME = {case.name: case for case in CASES}


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """What somebody at the bench was told to put before the probe."""
    return []


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory, checkout: Path, asked: list[str]) -> Iterator[Rig]:
    """A rig as its RIG.toml says; nothing in it knows that the ports are no cables."""
    folder, firmware = tmp_path_factory.mktemp("real"), checkout / "firmware"
    with VirtualBoard("raman785", "polystyrene", seed=2, firmware_path=firmware) as board:
        twin = RigTwin(board, firmware)
        text = f'board = "raman785"\nport = "{board.port}"\ncontroller = "{twin.port}"\nplace_by_hand = true\n'
        (folder / "RIG.toml").write_text(text, encoding="utf-8")
        rig = open_rig(open_resources(parse_rig(str(folder / "RIG.toml")), 0, ask=asked.append), folder / "keys", 0)
        yield rig
        rig.close()
        twin.close()


@pytest.mark.parametrize("name", ["handshake", "exposures", "interlock", "bit errors", "two hosts"])
def test_a_board_behind_two_ports_is_proved_like_any_other(rig: Rig, name: str) -> None:
    rig.slack_ms = 60.0  # both boards are programs of this desktop
    result = run_case(rig, BY_NAME[name], 1)
    assert result.outcome == PASSED, result.finding
    assert all(latency.passes == -1 for latency in result.latencies)


@pytest.mark.parametrize("name", ["heap exhausted", "hung task", "dark slope", "stuck trigger"])
def test_what_a_message_cannot_do_is_skipped_with_its_reason(rig: Rig, name: str) -> None:
    result = run_case(rig, BY_NAME[name], 1)
    assert result.outcome == SKIPPED
    assert result.finding.startswith("this rig lacks: ")


def test_somebody_is_asked_once_for_each_thing(rig: Rig, asked: list[str]) -> None:
    rig.resources.place("neon")
    rig.resources.place("neon")
    rig.resources.place("dark")
    assert asked == ["Put the neon lamp, lit before the probe", "Put the cap before the probe"]
