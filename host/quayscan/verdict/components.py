"""Components of a verdict: contents and containers, as candidates and as subjects of the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..library import Library
from ..match.mixture import Ingredient, Unmixed
from .controls import Subject
from .naming import GroupOf
from .verdict import Candidate, Component, Verdict

CONTENTS, CONTAINER = "contents", "container"

CONTAINERS = frozenset({"polyethylene", "polypropylene", "pet", "ptfe", "polystyrene"})
"""Plastics of bags, bottles, vials and cuvettes. Glass has no narrow band at 785 nm: its broad hump goes with the
background."""

OWN_SCAN = "the wall as scanned empty"


def is_container(substance: str) -> bool:
    """Whether a substance, beside another one, is its container."""
    return substance in CONTAINERS


def components_of(unmixed: Unmixed, library: Library) -> tuple[Component, ...]:
    """Contents first, largest share first, then what they are packed in.

    A plastic beside something else is its container; two plastics alone are a mixture of plastics.
    """
    packed = unmixed.wall is not None or any(not is_container(one.substance) for one in unmixed.ingredients)
    parts = [_component(one, library, packed) for one in unmixed.ingredients]
    if unmixed.wall is not None:
        wall = unmixed.wall
        parts.append(Component(substance="", name=OWN_SCAN, role=CONTAINER, low=wall.low, high=wall.high))
    return tuple(sorted(parts, key=lambda one: one.role == CONTAINER))


def _component(one: Ingredient, library: Library, packed: bool) -> Component:
    names = {one.substance: one.name}
    names |= {library.references[row].substance: library.references[row].name for row in one.rivals}
    several = len(names) > 1
    return Component(
        substance="" if several else one.substance,
        name=" or ".join(names.values()),
        role=CONTAINER if packed and all(map(is_container, names)) else CONTENTS,
        low=one.low,
        high=one.high,
        alternatives=tuple(names) if several else (),
    )


def subjects_of(contents: Sequence[Component], library: Library, group_of: GroupOf) -> tuple[Subject, ...]:
    """The named substances, their alternatives, and those that no instrument of this kind can tell from them."""
    names = {one.substance: one.name for one in library.references}
    subjects: dict[str, Subject] = {}
    for one in contents:
        for substance in one.alternatives or (one.substance,):
            subjects.setdefault(substance, Subject(substance=substance, name=names.get(substance, substance)))
    for substance in tuple(subjects):
        for member in sorted(group_of(substance)):
            alike = f"{member} (which cannot be told from {names.get(substance, substance)})"
            subjects.setdefault(member, Subject(substance=member, name=alike))
    return tuple(subjects.values())


def candidates_of(verdict: Verdict, contents: Sequence[Component], unmixed: Unmixed) -> tuple[Candidate, ...]:
    """The contents, then the best single substances, which are named no longer."""
    known = {one.substance: one for one in reversed(verdict.candidates)}
    of = {one.substance: one for one in unmixed.ingredients}
    names = [name for one in contents for name in (one.alternatives or (one.substance,))]
    named = [
        _part(known[name], unmixed) if name in known else _candidate(of[name], unmixed)
        for name in names
        if name in known or name in of
    ]
    return (*named, *(replace(one, named=False) for one in verdict.candidates if one.substance not in names))


def _part(one: Candidate, unmixed: Unmixed) -> Candidate:
    """A component that was among the best single substances: what spoke for or against it alone counts no more."""
    return replace(one, named=True, score=unmixed.score, p_value=None, only_spectrum=(), only_reference=())


def _candidate(one: Ingredient, unmixed: Unmixed) -> Candidate:
    """A component that was not among the best single substances; its score is that of the whole."""
    return Candidate(
        substance=one.substance,
        name=one.name,
        score=unmixed.score,
        grade=one.grade,
        named=True,
        entry=one.entry,
        shift_cm1=one.shift_cm1,
    )
