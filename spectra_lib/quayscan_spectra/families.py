"""Families of controlled substances that share a part of their structure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .table_rows import table_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One family: its id and title, the pattern that its members' structures match, and its members.

    `members` are ids of computed molecules or substances, whether a reference of theirs exists yet or not.
    """

    family: str
    title: str
    smarts: str
    note: str
    members: frozenset[str]


@cache
def families() -> tuple[Family, ...]:
    """Every family of the table, in its order."""
    members: dict[str, set[str]] = {}
    for row in table_rows("family_members"):
        members.setdefault(row["family"], set()).add(row["member"])
    return tuple(Family(**row, members=frozenset(members.get(row["family"], ()))) for row in table_rows("families"))
