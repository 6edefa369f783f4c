"""What a run says as a whole: cases, exposures, and how fast the light went off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from .result import FAILED, PASSED, SKIPPED, CaseResult, Latency

PERCENTILE = 0.99
FEWEST = 5
"""Latencies from which on the wall's median says something about the board, and not about one busy moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LightOff:
    """All latencies of one cause.

    Attributes
    ----------
    gate_p50_ms, gate_p99_ms, wall_p50_ms, wall_p99_ms : medians and 99th percentiles (the next larger one that was
        seen). limit_ms : the board's. passes_most : of the firmware's loop; -1 where nobody counts them.
    passed : whether at most one in a hundred is over its limit, and by the wall's clock at most every second one: the
        loop's clock does not see a pass that sleeps too long, and no desktop is that busy half of the time.
    """

    cause: str
    number: int
    gate_p50_ms: float
    gate_p99_ms: float
    wall_p50_ms: float
    wall_p99_ms: float
    limit_ms: float
    passes_most: int
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A run as a whole."""

    passed: bool
    cases: int
    failed: int
    skipped: int
    exposures: int
    recovery_most_s: float
    light_off: tuple[LightOff, ...]


def summarise(results: Sequence[CaseResult]) -> Summary:
    """The summary of a run; one without any case that ran has not passed."""
    latencies = [latency for result in results for latency in result.latencies]
    causes = sorted({latency.cause for latency in latencies})
    light_off = tuple(_light_off([one for one in latencies if one.cause == cause]) for cause in causes)
    counts = {outcome: sum(one.outcome == outcome for one in results) for outcome in (PASSED, FAILED, SKIPPED)}
    return Summary(
        passed=bool(counts[PASSED]) and not counts[FAILED] and all(one.passed for one in light_off),
        cases=len(results),
        failed=counts[FAILED],
        skipped=counts[SKIPPED],
        exposures=sum(one.exposures for one in results),
        recovery_most_s=max((one.recovery_s for one in results if one.recovery_s is not None), default=0.0),
        light_off=light_off,
    )


def summary_lines(summary: Summary) -> list[str]:
    """The summary for a terminal."""
    lines = [
        f"{summary.cases - summary.skipped} cases, {summary.failed} failed, {summary.skipped} skipped;"
        f" {summary.exposures} exposures exact; recovery within {summary.recovery_most_s:.1f} s"
    ]
    for one in summary.light_off:
        passes = f", at most {one.passes_most} passes" if one.passes_most >= 0 else ""
        lines.append(
            f"light off after {one.cause}: p99 {one.gate_p99_ms:.1f} ms of {one.limit_ms:.0f} allowed{passes};"
            f" by the wall's clock {one.wall_p99_ms:.1f} ms ({one.number} times)"
        )
    return [*lines, "PASSED" if summary.passed else "FAILED"]


def summary_json(summary: Summary) -> dict[str, object]:
    """The summary as JSON values."""
    return {**asdict(summary), "light_off": [asdict(one) for one in summary.light_off]}


def _light_off(latencies: Sequence[Latency]) -> LightOff:
    gate = np.array([one.gate_ms for one in latencies])
    wall = np.array([one.wall_ms for one in latencies])
    over = np.array([one.gate_ms - one.limit_ms for one in latencies])
    over_wall = np.array([one.wall_ms - one.limit_ms for one in latencies])
    return LightOff(
        cause=latencies[0].cause,
        number=len(latencies),
        gate_p50_ms=_quantile(gate, 0.5),
        gate_p99_ms=_quantile(gate, PERCENTILE),
        wall_p50_ms=_quantile(wall, 0.5),
        wall_p99_ms=_quantile(wall, PERCENTILE),
        limit_ms=max(one.limit_ms for one in latencies),
        passes_most=max(one.passes for one in latencies),
        passed=_quantile(over, PERCENTILE) <= 0.0 and bool(np.median(over_wall) <= 0.0 or over.size < FEWEST),
    )


def _quantile(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], share: float) -> float:
    return float(np.quantile(values, share, method="higher"))
