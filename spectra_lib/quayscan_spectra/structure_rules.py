"""Structure rules: what a class entry of a list reaches, with the words of its source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from .table_rows import Row, table_rows

RuleKind = Literal["pattern", "salts", "stereoisomers", "members"]
EVERY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureRule:
    """One class entry of one list.

    `kind`
        pattern: the molecule without its counter-ions matches every SMARTS of `smarts`;
        salts: a salt (or hydrate of a salt) of one of `parents`; stereoisomers: another stereoisomer of one of
        `parents`, or a salt of it; members: the `parents` themselves, where a structure cannot tell (oils) or the
        source names them one by one.
    `parents`
        Substance ids; "*" stands for every substance that a row of this list names.
    `with_salts`
        Whether salts of what the pattern matches count.
    `without`
        Substance ids that the source leaves out.
    `decided`, `effective`, `end`
        Of patterns and members; salts and stereoisomers have the dates of their parent's row.
    `wording`
        The source's own words. A rule with an empty `list` says that no entry of the regime reaches these members,
        with the words nearest to them.
    """

    rule: str
    regime: str
    list: str
    kind: RuleKind
    parents: tuple[str, ...]
    smarts: tuple[str, ...]
    with_salts: bool
    without: frozenset[str]
    decided: str
    effective: str
    end: str
    wording: str
    note: str
    source: str
    listing_verified: bool
    verified: bool


def _rule(row: Row) -> StructureRule:
    same = ("rule", "regime", "list", "decided", "effective", "end", "wording", "note", "source")
    return StructureRule(
        **{key: row[key] for key in same},
        kind=cast(RuleKind, row["kind"]),
        parents=tuple(filter(None, row["parents"].split("|"))),
        smarts=tuple(row["smarts"].split()),
        with_salts=row["with_salts"] == "yes",
        without=frozenset(filter(None, row["without"].split("|"))),
        listing_verified=row["listing_verified"] == "yes",
        verified=row["verified"] == "yes",
    )


@cache
def structure_rules() -> tuple[StructureRule, ...]:
    """Every rule of the table, in its order."""
    return tuple(_rule(row) for row in table_rows("structure_rules"))
