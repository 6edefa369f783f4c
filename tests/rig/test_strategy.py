"""The strategy brings a board from any state to any other, and says so when it cannot."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from quayscan.errors import LinkLost, RigViolation
from quayscan.rig import Rig, State, VirtualResources, open_rig
from quayscan.rig.deadline import Deadline
from quayscan.rig.spoiled_link import SpoiledLink
from quayscan_hardware.impairment import Impairment

CHAIN = [
    State.EMITTING,
    State.IDLE,
    State.ARMED,
    State.OFF,
    State.IDLE,
    State.BOOTED,
    State.ARMED,
    State.BOOTED,
    State.OFF,
]


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = open_rig(VirtualResources("raman785", seed=1, speed=20.0), tmp_path, 0)
    yield rig
    rig.close()


def test_each_state_is_what_it_says_whichever_came_before(rig: Rig) -> None:
    bench = rig.resources.truth
    assert bench is not None
    for before, state in itertools.pairwise([State.BOOTED, *CHAIN]):
        rig.to(state)
        assert rig.strategy.state == state, (before, state)
        if state >= State.IDLE:
            assert rig.driver.status()["fault"] == 0
        if state == State.EMITTING:
            assert bench.light_on
        if state <= State.IDLE:
            rig.await_dark()
            assert not bench.light_on
        assert rig.driver.is_open == (state >= State.IDLE)


def test_without_power_there_is_no_session(rig: Rig) -> None:
    rig.to(State.OFF)
    with pytest.raises(RigViolation, match="no session is open"):
        rig.driver.status()


def test_a_deadline_says_what_did_not_happen() -> None:
    seen = iter([0, 0, 5])
    assert Deadline(1.0, "a thing").until(lambda: next(seen)) == 5
    with pytest.raises(RigViolation, match=r"a thing did not happen within 0\.01 s"):
        Deadline(0.01, "a thing").until(lambda: False)


class Echo:
    name, details = "echo", {}

    def __init__(self) -> None:
        self.sent = b""
        self.closed = False

    def write(self, data: bytes) -> None:
        self.sent += data

    def read(self, timeout_s: float) -> bytes:
        return b"0123456789"

    def close(self) -> None:
        self.closed = True


def test_a_sound_link_passes_everything_and_a_cut_one_what_is_left() -> None:
    echo = Echo()
    link = SpoiledLink(echo, np.random.default_rng(1))  # type: ignore[arg-type] # details of a test
    link.write(b"abc")
    assert (echo.sent, link.read(0.0)) == (b"abc", b"0123456789")
    link.budget = 14
    assert (link.read(0.0), link.read(0.0)) == (b"0123456789", b"0123")
    with pytest.raises(LinkLost, match="cut the cable"):
        link.write(b"x")
    link.close()
    assert echo.closed


def test_each_way_is_spoiled_by_itself_and_counted() -> None:
    echo = Echo()
    link = SpoiledLink(echo, np.random.default_rng(1))  # type: ignore[arg-type]
    link.to_device = Impairment(drop=1.0)
    link.to_host = Impairment(double=1.0)
    link.write(b"abc")
    assert echo.sent == b""
    assert link.read(0.0) == b"00112233445566778899"
    assert (link.counts.dropped, link.counts.doubled) == (3, 10)
