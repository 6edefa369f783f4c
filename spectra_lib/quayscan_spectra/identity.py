"""Identity groups: substances that one Raman instrument cannot tell apart, or that are one good in trade."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .substances import resolve
from .table_rows import table_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityGroup:
    """Substance ids that count as one answer, why, and on whose word."""

    name: str
    members: frozenset[str]
    reason: str
    source: str


@cache
def identity_groups() -> tuple[IdentityGroup, ...]:
    """Every group of the table. No substance is in two groups."""
    members: dict[str, list[str]] = {}
    about: dict[str, tuple[str, str]] = {}
    for row in table_rows("identity_groups"):
        members.setdefault(row["group"], []).append(row["substance"])
        about[row["group"]] = (row["reason"], row["source"])
    return tuple(
        IdentityGroup(name=name, members=frozenset(ids), reason=about[name][0], source=about[name][1])
        for name, ids in members.items()
    )


@cache
def _group_of() -> Mapping[str, frozenset[str]]:
    return {member: group.members for group in identity_groups() for member in group.members}


def identity_group(substance_id: str) -> frozenset[str]:
    """The ids that this instrument cannot tell from `substance_id`, itself among them.

    Raises
    ------
    UnknownSubstance
        When the table has no such substance.
    """
    known = resolve(substance_id)
    return _group_of().get(known, frozenset({known}))
