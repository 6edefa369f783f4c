"""The rig's suite: `pytest tests/rig --rig sim:raman785`, `--rig sim:nir1700`, `--rig "sim:raman785?controller=pico"`,
or `--rig RIG.toml` for a board on a bench of wood."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quayscan.rig import CASES, SKIPPED, CaseResult, Rig, open_resources, open_rig, parse_rig, run_case

DEFAULT = "sim:raman785"
SPEED = 20.0
BY_NAME = {case.name: case for case in CASES}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rig", default=DEFAULT, metavar="RIG", help="sim:BOARD, or a rig's TOML file")


def rig_name(config: pytest.Config) -> str:
    """What --rig says; the default too when this file was found after the options were read."""
    return str(config.getoption("--rig", DEFAULT))


def _ask(what: str) -> None:
    input(f"{what} and press Enter")


@pytest.fixture(autouse=True)
def needs_pty() -> None:
    if not hasattr(os, "openpty"):
        pytest.skip("this system has no pseudo-terminals")


@pytest.fixture(scope="session")
def opened(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[float], Rig]]:
    """`opened(speed)`: the rig at that speed of the bench's frames, opened when it is first asked for."""
    spec = parse_rig(rig_name(pytestconfig))
    ask = _ask if pytestconfig.getoption("capture") == "no" else None  # with -s there is somebody to answer
    now: list[tuple[float, Rig]] = []

    def give(speed: float) -> Rig:
        if not now or (now[0][0] != speed and spec.virtual):
            if now:
                now.pop()[1].close()
            now.append(
                (speed, open_rig(open_resources(spec, 0, speed=speed, ask=ask), tmp_path_factory.mktemp("keys"), 0))
            )
        return now[0][1]

    yield give
    if now:
        now.pop()[1].close()


@pytest.fixture
def judged(opened: Callable[[float], Rig]) -> Callable[..., CaseResult]:
    """`judged(name, seed=0)`: the result of a case; skips what the rig cannot do."""

    def run(name: str, seed: int = 0, speed: float = 1.0) -> CaseResult:
        result = run_case(opened(speed), BY_NAME[name], seed)
        if result.outcome == SKIPPED:
            pytest.skip(result.finding)
        return result

    return run


@pytest.fixture
def own_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys and settings of this test alone."""
    monkeypatch.setenv("QUAYSCAN_CONFIG", str(tmp_path / "config"))
    return tmp_path
