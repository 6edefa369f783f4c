"""`run_rig`: every case on a rig, over seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..errors import UsageError
from .campaign import run_campaign
from .case import FAULT, FUNCTION, METROLOGY, Case
from .faults import FAULTS
from .functions import FUNCTIONS
from .metrology import METROLOGY as FIGURES
from .real import Ask, RealResources
from .resource import Resources
from .result import CaseResult
from .spec import SPEED, RigSpec
from .virtual import VirtualResources

GROUPS = (FUNCTION, FAULT, METROLOGY)
CASES: tuple[Case, ...] = (*FUNCTIONS, *FAULTS, *FIGURES)


def chosen_cases(groups: Sequence[str] = (), names: Sequence[str] = ()) -> list[Case]:
    """Cases of some groups, or of some names; all by default.

    Raises
    ------
    UsageError
        There is no such group or case; lists those there are.
    """
    known = {case.name for case in CASES}
    wrong = [one for one in groups if one not in GROUPS] + [one for one in names if one not in known]
    if wrong:
        raise UsageError(f"{wrong[0]!r}: groups are {', '.join(GROUPS)}; cases are {', '.join(sorted(known))}")
    return [case for case in CASES if (not groups or case.group in groups) and (not names or case.name in names)]


def open_resources(spec: RigSpec, seed: int, *, speed: float = 1.0, ask: Ask | None = None) -> Resources:
    """A rig's resources for a seed: on the virtual bench an instrument of its own."""
    if spec.virtual:
        return VirtualResources(spec.board, seed=spec.seed + seed, speed=speed, controller=spec.controller)
    return RealResources(spec, ask)


def run_rig(spec: RigSpec, cases: Sequence[Case], seeds: Sequence[int], ask: Ask | None = None) -> Iterator[CaseResult]:
    """Results as they come: functions and faults in real time, metrology on the bench as fast as it goes.

    Parameters
    ----------
    seeds : of the faults; metrology runs for the first alone. ask : tells a person what to put before the probe.

    Raises
    ------
    RigFailed, DeviceError
        The rig itself failed.
    """
    timed = [case for case in cases if case.group != METROLOGY]
    figures = [case for case in cases if case.group == METROLOGY]
    if timed:
        yield from run_campaign(_opener(spec, 1.0, ask), timed, seeds)
    if figures:
        yield from run_campaign(_opener(spec, SPEED, ask), figures, seeds[:1])


def _opener(spec: RigSpec, speed: float, ask: Ask | None) -> Callable[[int], Resources]:
    return lambda seed: open_resources(spec, seed, speed=speed, ask=ask)
