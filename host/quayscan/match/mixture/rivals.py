"""Rivals: references that could stand in a component's place, so that the component is one of several."""

from __future__ import annotations

import numpy as np

from .fit import WALL, Fit
from .pursuit import Pursuit, shifts_near
from .scan import Scan, scan

NEAR = 30.0
"""Fits are made for rivals whose matched filter promises to come this near, in twice the log likelihood."""


def rivals(pursuit: Pursuit, found: Fit, at: int) -> tuple[int, ...]:
    """Rows that explain the query as well in the place of one component, best first.

    References of the components' identity groups take no part.
    """
    own = found.parts[at]
    shown = scan(found.bare(at), pursuit.library, pursuit.query.mask, shifts_near(found))
    allowed = pursuit.strangers(found.parts)
    promise = np.where(allowed & (shown.score > 0), shown.score, 0.0) ** 2
    least = float(shown.score[own.row]) ** 2 - NEAR
    order = [int(row) for row in np.argsort(-promise, kind="stable")[: pursuit.options.tried] if promise[row] > 0]
    close = []
    for row in order:
        if promise[row] < least:
            break
        unlikelihood = min(_with(pursuit, found, at, row, step, shown) for step in {own.steps, int(shown.steps[row])})
        if unlikelihood < found.unlikelihood + pursuit.options.rival:
            close.append((unlikelihood, row))
    return tuple(row for _, row in sorted(close))


def _with(pursuit: Pursuit, found: Fit, at: int, row: int, steps: int, shown: Scan) -> float:
    """Unlikelihood of the whole with another reference in the place of a component."""
    parts, amounts = [*found.parts], [*found.amounts]
    parts[at], amounts[at] = pursuit.part(row, steps), shown.amount(row)
    return pursuit.fit(parts, amounts).unlikelihood


def contents(found: Fit) -> list[int]:
    """Places of the components that are not the wall."""
    return [place for place, one in enumerate(found.parts) if one.row != WALL]
