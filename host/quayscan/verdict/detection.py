"""From which share of the signal a controlled substance would have been seen beside what was found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

from ..library import Library
from ..match.mixture import Unmixed
from .controls import CONTROLLED_STATES, ControlsAt
from .naming import GroupOf
from .sensor_limits import unseen_by
from .verdict import DetectionLimit

UNSEEN = 0.9
"""A limit beyond this share says that the substance would not have been seen."""

TOLD = 3


def limits_of(
    unmixed: Unmixed,
    library: Library,
    at: date,
    controls_at: ControlsAt,
    group_of: GroupOf,
    found: Collection[str],
) -> tuple[DetectionLimit, ...]:
    """One limit for each controlled substance of the library that was not found, the highest first.

    Of several references the highest limit counts. Those that `not_ruled_out` tells have none.
    """
    sought = _measured(library) - _alike(found, group_of) - unseen_by("raman")
    worst: dict[str, DetectionLimit] = {}
    for row, reference in enumerate(library.references):
        substance, share = reference.substance, float(unmixed.limits[row])
        if reference.grade == "computed" or substance not in sought or not _is_controlled(controls_at, substance, at):
            continue
        if substance not in worst or share > worst[substance].share:
            worst[substance] = DetectionLimit(substance=substance, name=reference.name, share=share)
    return tuple(sorted(worst.values(), key=lambda one: (-one.share, one.substance)))


def not_ruled_out(
    library: Library, at: date, controls_at: ControlsAt, group_of: GroupOf, found: Collection[str]
) -> dict[str, str]:
    """Ids and names of controlled substances of the library that could be there at any share.

    Computed references are not looked for beside something; heights and widths of published tables are too rough for a
    limit; and some substances a Raman spectrum does not show.
    """
    known = _alike(found, group_of) | (_measured(library) - unseen_by("raman"))
    names = {one.substance: one.name for one in library.references if one.substance not in known}
    return {name: names[name] for name in sorted(names) if _is_controlled(controls_at, name, at)}


def _measured(library: Library) -> frozenset[str]:
    return frozenset(one.substance for one in library.references if one.grade == "measured")


def _alike(found: Collection[str], group_of: GroupOf) -> frozenset[str]:
    return frozenset(member for substance in found if substance for member in group_of(substance))


@lru_cache(maxsize=8192)
def _is_controlled(controls_at: ControlsAt, substance: str, at: date) -> bool:
    return any(status.state in CONTROLLED_STATES for status in controls_at(substance, at))


def limit_words(limits: Sequence[DetectionLimit], open_ones: Sequence[str] = ()) -> tuple[str, ...]:
    """What the limits say, for the officer, and what they say nothing about.

    Parameters
    ----------
    open_ones : names of controlled substances that are not ruled out.
    """
    seen = [one for one in limits if one.share <= UNSEEN]
    unseen = [one.name for one in limits if one.share > UNSEEN]
    said = []
    if seen:
        most = ", ".join(f"{one.name} {one.share:.0%}" for one in seen[:TOLD])
        rest = f", {len(seen) - TOLD} more from less" if len(seen) > TOLD else ""
        said.append(
            "These controlled substances would have been seen beside it above this share of the signal (net band area):"
            f" {most}{rest}."
        )
    if unseen:
        said.append(f"Would not be seen beside it at any share: {', '.join(unseen)}.")
    if open_ones:
        more = f" and {len(open_ones) - TOLD} others" if len(open_ones) > TOLD else ""
        said.append(
            f"Not ruled out beside it: {', '.join(open_ones[:TOLD])}{more}, which are controlled and have no measured"
            " reference or show no bands; nor is anything that the library lacks."
        )
    return tuple(said)
