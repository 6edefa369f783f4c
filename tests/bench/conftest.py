"""Benchmarks print each figure beside a reference measured in the same run. They assert no time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar

import pytest


class Report:
    """Collects lines and prints them when the run ends."""

    lines: ClassVar[list[str]] = []

    def ratio(self, what: str, seconds: float, reference: str, reference_seconds: float, limit: str) -> None:
        """One figure, its reference, their ratio, and the limit that the project sets itself."""
        self.lines.append(
            f"{what}: {_time(seconds)}; {reference}: {_time(reference_seconds)};"
            f" ratio {seconds / reference_seconds:.2f} (limit {limit})"
        )

    def say(self, line: str) -> None:
        """A line without a ratio."""
        self.lines.append(line)


def _time(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} us" if seconds < 1e-2 else f"{seconds * 1e3:.0f} ms"


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Only `make bench` runs this folder."""
    return None if config.getoption("benchmark_enable") else True


@pytest.fixture
def report() -> Report:
    """Where a benchmark says what it saw."""
    return Report()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if Report.lines:
        terminalreporter.write_sep("-", "figures beside their references")
        for line in Report.lines:
            terminalreporter.write_line(line)


def interleaved(first: Callable[[], object], second: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median time of each, in seconds, the two taken in turn so that a busy moment hits both."""
    times = sorted_times(first, second, rounds)
    return (times[0][rounds // 2], times[1][rounds // 2])


def sorted_times(
    first: Callable[[], object], second: Callable[[], object], rounds: int
) -> tuple[list[float], list[float]]:
    """All times of each, in seconds, ascending, the two taken in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for function, seen in zip((first, second), times, strict=True):
            start = time.perf_counter()
            function()
            seen.append(time.perf_counter() - start)
    return (sorted(times[0]), sorted(times[1]))
