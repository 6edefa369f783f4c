"""`Case`: one thing that is tried on a board, and how its outcome becomes a result."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from quayscan_hardware.rig import RigError

from ..errors import QuayscanError, RigFailed, RigViolation
from .result import FAILED, PASSED, SKIPPED, CaseResult
from .rig import Rig
from .strategy import State

TRIES = 3

FUNCTION, FAULT, METROLOGY = "function", "fault", "metrology"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a case saw: in words, and its figure where it has one. `details` are JSON values for plots."""

    finding: str
    measured: float | None = None
    limit: float | None = None
    unit: str = ""
    passed: bool = True
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case.

    Attributes
    ----------
    name, group : how it is called. injected, invariant : what is done, and what must hold.
    needs : abilities of a rig, without which it is skipped. run : does it; raises RigViolation when something broke.
    """

    name: str
    group: str
    injected: str
    invariant: str
    run: Callable[[Rig], Found]
    needs: frozenset[str] = frozenset()
    raman_only: bool = False


def run_case(rig: Rig, case: Case, seed: int) -> CaseResult:
    """The result of one case with one seed. What a case broke is repaired before this returns.

    When this computer kept the host from its heartbeats for as long as a board may do without, a failure says nothing
    about the board: the case is run again, at most `TRIES` times in all, and the finding says so.

    Raises
    ------
    RigFailed
        The rig itself failed: the run cannot go on.
    """
    reason = _cannot(rig, case)
    if reason:
        return _result(case, seed, SKIPPED, Found(finding=reason), 0.0)
    result, tries = _run_once(rig, case, seed), 1
    while result.failed and rig.starved and tries < TRIES:
        result, tries = _run_once(rig, case, seed), tries + 1
    again = f" (run {tries} times: this computer was too busy for its heartbeats)" if tries > 1 else ""
    return replace(result, finding=result.finding + again)


def _run_once(rig: Rig, case: Case, seed: int) -> CaseResult:
    rig.begin_case(np.random.default_rng([seed, *case.name.encode()]))
    whole, began = rig.ledger.whole, time.monotonic()
    try:
        found = case.run(rig)
        rig.check_invariants()
        outcome = PASSED if found.passed else FAILED
    except RigError as exc:
        raise RigFailed(f"{case.name}, seed {seed}: {exc}") from exc
    except QuayscanError as exc:
        found, outcome = Found(finding=f"{type(exc).__name__}: {exc}"), FAILED
    seconds = time.monotonic() - began
    if outcome == FAILED:
        _repair(rig)
    return _result(case, seed, outcome, found, seconds, rig, rig.ledger.whole - whole)


def _cannot(rig: Rig, case: Case) -> str:
    """Why a rig cannot run a case, "" when it can."""
    missing = sorted(case.needs - rig.resources.abilities)
    if missing:
        return f"this rig lacks: {', '.join(missing)}"
    if case.raman_only and rig.board.technique != "raman":
        return f"board {rig.board.name} has no Raman axis"
    return ""


def _repair(rig: Rig) -> None:
    """After a failure: a fresh start, so that the next case is judged by itself."""
    rig.make_safe()
    rig.ledger.forget()
    try:
        rig.strategy.cycle_power()
    except RigError as exc:
        raise RigFailed(f"the board does not start again after a failed case: {exc}") from exc
    except RigViolation:
        rig.strategy.state = State.BOOTED


def _result(
    case: Case, seed: int, outcome: str, found: Found, seconds: float, rig: Rig | None = None, exposures: int = 0
) -> CaseResult:
    return CaseResult(
        group=case.group,
        name=case.name,
        seed=seed,
        outcome=outcome,
        injected=case.injected,
        invariant=case.invariant,
        finding=found.finding,
        seconds=seconds,
        measured=found.measured,
        limit=found.limit,
        unit=found.unit,
        recovery_s=None if rig is None else rig.recovery_s,
        latencies=() if rig is None else tuple(rig.latencies),
        exposures=exposures,
        details=found.details,
    )
