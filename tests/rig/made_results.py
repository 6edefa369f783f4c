"""Results as a run would give them, for what is made of them."""

from __future__ import annotations

from typing import Any

from quayscan.rig import FAILED, PASSED, SKIPPED, CaseResult, Latency


def latency(gate_ms: float = 2.0, limit_ms: float = 10.0, cause: str = "interlock", passes: int = 1) -> Latency:
    return Latency(cause=cause, gate_ms=gate_ms, limit_ms=limit_ms, wall_ms=gate_ms + 1.0, passes=passes)


def result(outcome: str = PASSED, **changes: Any) -> CaseResult:
    fields: dict[str, Any] = {
        "group": "fault",
        "name": "kill",
        "seed": 3,
        "outcome": outcome,
        "injected": "the supply goes",
        "invariant": "no light without power",
        "finding": "dark at once",
        "seconds": 1.5,
        "recovery_s": 0.25,
        "exposures": 2,
    }
    return CaseResult(**{**fields, **changes})


TRANSFER = {
    "gain": 1.6,
    "gain_sigma": 0.01,
    "read_noise_e": 35.0,
    "signal": [1.0, 100.0, 1000.0, 30000.0],
    "variance": [480.0, 540.0, 1100.0, 19200.0],
}
NEON = {
    "line_nm": [800.0, 810.0],
    "pixel": [10.0, 40.0],
    "residual_cm1": [0.02, -0.02],
    "coefficients": [800.0, 1.0],
    "counts": [float(one) for one in range(64)],
}


def whole_run() -> list[CaseResult]:
    return [
        result(latencies=(latency(), latency(401.0, 410.0, "silence", 300))),
        result(FAILED, name="cut <&>", finding='lost "1" & <2>\x00'),
        result(SKIPPED, name="heap exhausted", finding="this rig lacks: parts", recovery_s=None, exposures=0),
        result(group="metrology", name="gain", measured=0.01, limit=0.05, unit="of nominal", details=TRANSFER),
        result(group="metrology", name="neon lines", measured=0.03, limit=0.3, unit="cm-1", details=NEON),
    ]
