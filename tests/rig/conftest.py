"""The rig's suite: `pytest tests/rig --rig sim:raman785`, `--rig sim:nir1700`, `--rig "sim:raman785?controller=pico"`,
or `--rig RIG.toml` for a board on a bench of wood.

On the virtual bench several rigs run side by side, since a rig mostly waits; a real one does one case after the other.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from quayscan.rig import CASES, SKIPPED, Case, CaseResult, RigSpec, open_resources, open_rig, parse_rig, run_case
from quayscan.rig.spec import SPEED

DEFAULT = "sim:raman785"
RIGS = 3
"""Side by side, beside the one for metrology."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rig", default=DEFAULT, metavar="RIG", help="sim:BOARD, or a rig's TOML file")


def _ask(what: str) -> None:
    input(f"{what} and press Enter")


@pytest.fixture(autouse=True)
def needs_pty() -> None:
    if not hasattr(os, "openpty"):
        pytest.skip("this system has no pseudo-terminals")


@pytest.fixture(scope="session")
def results(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, CaseResult]:
    """The result of every case that a test of this run asks for."""
    items = [item for item in request.session.items if "judged" in getattr(item, "fixturenames", ())]
    asked = {item.callspec.params["name"] for item in items}  # type: ignore[attr-defined] # each has a name
    cases = [case for case in CASES if case.name in asked]
    spec = parse_rig(str(request.config.getoption("--rig", DEFAULT)))
    ask = _ask if request.config.getoption("capture") == "no" else None  # with -s there is somebody to answer
    if not spec.virtual:
        return _in_turn(spec, 1.0, _queue(cases), tmp_path_factory.mktemp("keys"), ask)
    timed = _queue([case for case in cases if case.group != "metrology"])
    figures = _queue([case for case in cases if case.group == "metrology"])
    lanes = [(SPEED, figures), *[(1.0, timed)] * RIGS]
    with ThreadPoolExecutor(len(lanes)) as pool:
        running = [
            pool.submit(_in_turn, spec, speed, queue, tmp_path_factory.mktemp("keys"), ask) for speed, queue in lanes
        ]
        return {name: result for one in running for name, result in one.result().items()}


def _queue(cases: list[Case]) -> SimpleQueue[Case]:
    queue: SimpleQueue[Case] = SimpleQueue()
    for case in cases:
        queue.put(case)
    return queue


def _in_turn(
    spec: RigSpec, speed: float, queue: SimpleQueue[Case], keys: Path, ask: Callable[[str], None] | None
) -> dict[str, CaseResult]:
    """Cases of a queue, one after the other, on a rig of its own, until none is left."""
    found: dict[str, CaseResult] = {}
    if queue.empty():
        return found
    rig = open_rig(open_resources(spec, 0, speed=speed, ask=ask), keys, 0)
    try:
        while True:
            case = queue.get_nowait()
            found[case.name] = run_case(rig, case, 0)
    except Empty:
        return found
    finally:
        rig.close()


@pytest.fixture
def judged(results: Mapping[str, CaseResult]) -> Callable[[str], CaseResult]:
    """`judged(name)`: the result of a case; skips what the rig cannot do."""

    def look_up(name: str) -> CaseResult:
        result = results[name]
        if result.outcome == SKIPPED:
            pytest.skip(result.finding)
        return result

    return look_up
