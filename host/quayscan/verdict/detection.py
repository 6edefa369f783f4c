"""From which share of the signal a controlled substance would have been seen beside what was found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

from ..library import Library
from ..match.mixture import Unmixed
from .controls import CONTROLLED_STATES, ControlsAt
from .naming import GroupOf
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

    Of several references the highest limit counts. A computed reference has none: it is not looked for beside another
    substance.
    """
    alike = {member for substance in found if substance for member in group_of(substance)}
    worst: dict[str, DetectionLimit] = {}
    for row, reference in enumerate(library.references):
        substance, share = reference.substance, float(unmixed.limits[row])
        if reference.grade == "computed" or substance in alike or not _is_controlled(controls_at, substance, at):
            continue
        if substance not in worst or share > worst[substance].share:
            worst[substance] = DetectionLimit(substance=substance, name=reference.name, share=share)
    return tuple(sorted(worst.values(), key=lambda one: (-one.share, one.substance)))


def not_looked_for(
    library: Library, at: date, controls_at: ControlsAt, group_of: GroupOf, found: Collection[str]
) -> tuple[str, ...]:
    """Names of controlled substances that the library knows by computation alone.

    They are compared with the whole spectrum where nothing else is named, and never looked for beside something.
    """
    alike = {member for substance in found if substance for member in group_of(substance)}
    seen = {one.substance for one in library.references if one.grade != "computed"} | alike
    names = {
        one.substance: one.name
        for one in library.references
        if one.substance not in seen and _is_controlled(controls_at, one.substance, at)
    }
    return tuple(names[substance] for substance in sorted(names))


@lru_cache(maxsize=8192)
def _is_controlled(controls_at: ControlsAt, substance: str, at: date) -> bool:
    return any(status.state in CONTROLLED_STATES for status in controls_at(substance, at))


def limit_words(limits: Sequence[DetectionLimit], unsought: Sequence[str] = ()) -> tuple[str, ...]:
    """What the limits say, for the officer, and what they say nothing about.

    Parameters
    ----------
    unsought : names of controlled substances that were not looked for beside what was found.
    """
    seen = [one for one in limits if one.share <= UNSEEN]
    unseen = [one.name for one in limits if one.share > UNSEEN]
    said = []
    if seen:
        most = "; ".join(f"{one.name} above {one.share:.0%}" for one in seen[:TOLD])
        rest = f"; {len(seen) - TOLD} others from less" if len(seen) > TOLD else ""
        said.append(f"Other controlled substances would have been seen: {most}{rest} of the signal (net band area).")
    if unseen:
        said.append(f"Would not be seen beside it at any share: {', '.join(unseen)}.")
    if unsought:
        said.append(
            f"Not looked for beside it, so not ruled out: {', '.join(unsought)} (computed references),"
            " and whatever the library lacks."
        )
    return tuple(said)
