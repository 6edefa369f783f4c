"""What a case found: a figure beside its limit, or an invariant that held or did not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """How long the board's enable line stayed high after a cause that forbids light.

    Attributes
    ----------
    cause : interlock, key, light_temp, photodiode, silence and so on. gate_ms : on the clock that is judged.
    limit_ms : the most it may be. wall_ms : the time. passes : of the firmware's loop; -1 where nobody counts them.
    """

    cause: str
    gate_ms: float
    limit_ms: float
    wall_ms: float
    passes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """One case with one seed.

    Attributes
    ----------
    group : function, fault or metrology. name, seed : which. outcome : PASSED, FAILED or SKIPPED.
    injected : what was done to the board. invariant : what had to hold. finding : what was seen, or why it was skipped.
    measured, limit, unit : the figure, where there is one. recovery_s : from the end of the fault to an exact exposure.
    latencies : of the light. exposures : delivered whole. details : numbers for plots, JSON values.
    """

    group: str
    name: str
    seed: int
    outcome: str
    injected: str
    invariant: str
    finding: str
    seconds: float
    measured: float | None = None
    limit: float | None = None
    unit: str = ""
    recovery_s: float | None = None
    latencies: tuple[Latency, ...] = ()
    exposures: int = 0
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether the board broke what had to hold."""
        return self.outcome == FAILED
