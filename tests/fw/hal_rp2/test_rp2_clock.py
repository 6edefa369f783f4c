import time

import pytest

PERIOD = 2**30


class Ticks:
    """MicroPython's ticks, turned by the test."""

    def __init__(self, now):
        self.now = now

    def ticks_ms(self):
        return self.now % PERIOD

    def ticks_diff(self, later, earlier):
        return (later - earlier + PERIOD // 2) % PERIOD - PERIOD // 2


@pytest.fixture
def ticks(monkeypatch, chip):
    ticks = Ticks(PERIOD - 500)
    monkeypatch.setattr(time, "ticks_ms", ticks.ticks_ms, raising=False)
    monkeypatch.setattr(time, "ticks_diff", ticks.ticks_diff, raising=False)
    return ticks


def test_uptime_goes_on_when_the_ticks_start_again(ticks):
    from quayscan_fw.hal_rp2.clock import Clock

    clock = Clock()
    before = clock.ms()
    ticks.now += 800
    assert clock.diff(clock.ms(), before) == 800
    assert clock.uptime_ms() == 800
    for _ in range(9):
        ticks.now += PERIOD // 2
        clock.ms()
    assert clock.uptime_ms() == (800 + 9 * (PERIOD // 2)) % 2**32
