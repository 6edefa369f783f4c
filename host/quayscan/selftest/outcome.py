"""`Outcome`: one check's figure, its limit, and what to do when it fails."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One check.

    Attributes
    ----------
    name : of the check. passed : whether the figure keeps its limit.
    measured, limit : the figure and the most it may be, in `unit`; None where the device ended the check.
    finding : what was seen, in words. remedy : what to do when it fails.
    """

    name: str
    passed: bool
    measured: float | None
    limit: float
    unit: str
    finding: str
    remedy: str


def judged(name: str, measured: float, limit: float, unit: str, *, finding: str, remedy: str) -> Outcome:
    """The outcome of a figure that must not exceed its limit; one that is no number fails."""
    return Outcome(
        name=name,
        passed=bool(abs(measured) <= limit),
        measured=float(measured),
        limit=limit,
        unit=unit,
        finding=finding,
        remedy=remedy,
    )
