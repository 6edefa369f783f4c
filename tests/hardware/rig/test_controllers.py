"""Every controller does the same: the bench's own lines, and the rig board's driver before the real program."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from wire_client import WireClient

from quayscan_hardware.rig import BenchController, RigController, RigError, Step
from quayscan_hardware.rig.controller import (
    ENABLE,
    INTERLOCK,
    KEY,
    LIGHT_TEMP,
    MARK,
    POWER,
    STIMULUS,
    TRIGGER,
)
from quayscan_hardware.rig.pico_controller import PicoController
from quayscan_hardware.rig.twin import RigTwin, TwinController
from quayscan_hardware.sim import VirtualBoard, find_micropython

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
needs_micropython = pytest.mark.skipif(find_micropython() is None, reason="no micropython command for this platform")
KINDS = ["bench", "cpython", pytest.param("micropython", marks=needs_micropython)]


@pytest.fixture
def virtual(toy_firmware: Path) -> Iterator[VirtualBoard]:
    """A board whose program turns the light on when it reads L."""
    with VirtualBoard(firmware_path=toy_firmware, interpreter="cpython") as board:
        yield board


@pytest.fixture
def controller(request: pytest.FixtureRequest, virtual: VirtualBoard, checkout: Path) -> Iterator[RigController]:
    if request.param == "bench":
        made: RigController = BenchController(virtual)
    else:
        made = TwinController(virtual, checkout / "firmware", request.param)
    yield made
    made.close()


def until_enabled(controller: RigController, virtual: VirtualBoard) -> None:
    with open(virtual.port, "r+b", buffering=0) as line:
        line.write(b"L")
        assert until(controller.enabled), "the toy's light did not come on"


def until(holds: Callable[[], bool]) -> bool:
    """Whether it came to hold within some seconds."""
    end = time.monotonic() + 5.0
    while not holds() and time.monotonic() < end:
        time.sleep(0.005)
    return holds()


@pytest.mark.parametrize("controller", KINDS, indirect=True)
def test_lines_reach_the_board_and_its_light_is_seen(controller: RigController, virtual: VirtualBoard) -> None:
    bench = virtual.bench
    controller.events()
    for line, value in ((KEY, 0), (TRIGGER, 1), (STIMULUS, 0.35), (LIGHT_TEMP, 41.5)):
        controller.drive(line, value)
    assert (bench.key_on, bench.trigger_held, bench.stimulus, bench.light_temp_c) == (False, True, 0.35, 41.5)
    controller.drive(KEY, 1)
    controller.drive(LIGHT_TEMP, 25)
    assert not controller.enabled()
    until_enabled(controller, virtual)
    controller.drive(INTERLOCK, 0)
    assert not bench.interlock_closed
    events = controller.events()
    assert [(one.line, one.value) for one in events if one.line in (ENABLE, INTERLOCK)] == [(ENABLE, 1), (INTERLOCK, 0)]
    assert [one.wall_us for one in events] == sorted(one.wall_us for one in events)
    assert controller.events() == []


@pytest.mark.parametrize("controller", KINDS, indirect=True)
def test_a_sequence_is_played_in_its_order_and_time(controller: RigController, virtual: VirtualBoard) -> None:
    controller.events()
    steps = [Step(after_us=4000 * number, line=INTERLOCK, value=number % 2) for number in range(4)]
    controller.play([*steps, Step(after_us=1000, line=MARK, value=7)])
    events = controller.events()
    assert [(one.line, one.value) for one in events] == [*[(INTERLOCK, number % 2) for number in range(4)], (MARK, 7)]
    assert virtual.bench.interlock_closed


@pytest.mark.parametrize("controller", KINDS, indirect=True)
def test_power_goes_and_comes_back(controller: RigController, virtual: VirtualBoard) -> None:
    until_enabled(controller, virtual)
    controller.drive(POWER, 0)
    assert until(lambda: not controller.enabled())
    controller.drive(POWER, 1)
    assert not controller.enabled()
    until_enabled(controller, virtual)


@pytest.mark.parametrize("controller", KINDS, indirect=True)
def test_lines_are_left_safe(controller: RigController, virtual: VirtualBoard) -> None:
    for line, value in ((INTERLOCK, 0), (KEY, 0), (TRIGGER, 1), (STIMULUS, 1)):
        controller.drive(line, value)
    controller.close()
    bench = virtual.bench
    assert (bench.interlock_closed, bench.key_on, bench.trigger_held, bench.stimulus) == (True, True, False, 0)


@pytest.mark.parametrize("controller", KINDS, indirect=True)
def test_a_measured_line_is_not_driven(controller: RigController) -> None:
    with pytest.raises(RigError, match="no line"):
        controller.drive(ENABLE, 1)


def test_a_board_under_test_is_no_rig_board(checkout: Path) -> None:
    with VirtualBoard(firmware_path=checkout / "firmware", interpreter="cpython") as board:
        with WireClient(board.port) as client:
            assert client.hello["board"] == "raman785"
        with pytest.raises(RigError, match="a rig board with protocol 1 is wanted"):
            PicoController(board.port)


def test_a_port_that_is_not_there_is_named() -> None:
    with pytest.raises(RigError, match="/dev/no-such-rig cannot be opened"):
        PicoController("/dev/no-such-rig")


def test_a_host_that_comes_late_is_not_told_of_what_was_before_it(virtual: VirtualBoard, checkout: Path) -> None:
    twin = RigTwin(virtual, checkout / "firmware", "cpython")
    try:
        first = PicoController(twin.port, shared_cpu=True)
        for _ in range(12):
            first.play([Step(after_us=0, line=MARK, value=number) for number in range(100)])
        first.close()
        second = PicoController(twin.port, shared_cpu=True)
        assert second.events() == []
        second.drive(MARK, 3)
        assert [(one.line, one.value) for one in second.events()] == [(MARK, 3)]
        second.close()
    finally:
        twin.close()


def test_events_that_the_rig_board_could_not_keep_are_missed_by_name(virtual: VirtualBoard, checkout: Path) -> None:
    controller = TwinController(virtual, checkout / "firmware", "cpython")
    for _ in range(12):
        controller.play([Step(after_us=0, line=MARK, value=0)] * 100)
    with pytest.raises(RigError, match="lost 176 events"):
        controller.events()
    controller.close()
