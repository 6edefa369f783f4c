"""Which class entries reach a structure. Needs rdkit: run at build time, and for a SMILES that a user gives."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from .control_rows import UNSETTLED, Control, ControlTable
from .structure_rules import EVERY, StructureRule, structure_rules
from .structures import Structure, has_carbon, matches, structure
from .substances import substance, substances


@cache
def parent_structures() -> dict[str, Structure]:
    """The structure of every scheduled substance that has one and is no salt itself."""
    read = {one.id: structure(one.smiles) for one in substances() if one.kind == "scheduled" and one.smiles}
    return {identifier: parent for identifier, parent in read.items() if not parent.is_salt}


def class_rows(identifier: str, one: Structure | None, table: ControlTable) -> tuple[Control, ...]:
    """The rows by which class entries reach a substance, in regimes that do not name it.

    Parameters
    ----------
    identifier : what the rows are to be called; the id of the substance or member.
    one : its structure; None where it has none (a mixture).
    table : the rows that name substances; their dates are those of salts and stereoisomers.
    """
    found: dict[tuple[str, str], Control] = {}
    for rule in structure_rules():
        if table.named(identifier, rule.regime):
            continue
        for row in _rows_by(rule, identifier, one, table):
            found.setdefault((row.regime, row.list), row)
    reached = {regime for regime, _ in found} | {rule.regime for rule in structure_rules() if _left_out(rule, one)}
    return (*found.values(), *(row for row in _unsettled(identifier, one, table) if row.regime not in reached))


def _rows_by(rule: StructureRule, identifier: str, one: Structure | None, table: ControlTable) -> Iterator[Control]:
    if rule.kind == "members":
        if identifier in rule.parents:
            yield _row(rule, identifier, rule, f"class entry '{rule.wording}'")
    elif one is None:
        return
    elif rule.kind == "pattern":
        if _fits(rule, one, table):
            yield _row(rule, identifier, rule, f"class entry '{rule.wording}'" if rule.list else "")
    elif not _left_out(rule, one):
        yield from _derived_rows(rule, identifier, one, table)


def _fits(rule: StructureRule, one: Structure, table: ControlTable) -> bool:
    """Whether a pattern matches. A salt of what the regime names is left to the rules on salts."""
    if (one.is_salt and not rule.with_salts) or not matches(one, rule.smarts):
        return False
    return not any(one.parts & _parts(row.substance) for row in table.rows if row.regime == rule.regime)


def _left_out(rule: StructureRule, one: Structure | None) -> bool:
    """Whether the source leaves this molecule out by name, as the stereoisomers leave out cathine."""
    return one is not None and any(one.parts & _parts(identifier) for identifier in rule.without)


def _parts(identifier: str) -> frozenset[str]:
    parent = parent_structures().get(identifier)
    return parent.parts if parent is not None else frozenset()


def _derived_rows(rule: StructureRule, identifier: str, one: Structure, table: ControlTable) -> Iterator[Control]:
    """Salts and stereoisomers: each with the dates of the row of its parent."""
    for parent, row in _parents(rule, table):
        drawn = parent_structures().get(parent)
        if drawn is None or parent == identifier or _relation(one, drawn) != rule.kind:
            continue
        said = f"{_ONE_OF[rule.kind]} of {substance(parent).name}; class entry '{rule.wording}'"
        yield _row(rule, identifier, row, said)


_ONE_OF = {"salts": "salt", "stereoisomers": "stereoisomer"}


def _relation(one: Structure, parent: Structure) -> str:
    """How a structure is derived from a parent: one of the kinds of rules, or "" where it is not."""
    if one.is_salt and one.parts & parent.parts:
        return "salts"
    return "stereoisomers" if one.skeleton == parent.skeleton else ""


def _parents(rule: StructureRule, table: ControlTable) -> Iterator[tuple[str, Control]]:
    """The parents of a rule with their rows on its list, the row without an end first."""
    rows = [row for row in table.rows if (row.regime, row.list) == (rule.regime, rule.list)]
    for row in sorted(rows, key=lambda row: (row.end != "", row.substance)):
        named = rule.parents == (EVERY,) or row.substance in rule.parents
        if named and row.substance not in rule.without:
            yield row.substance, row


def _row(rule: StructureRule, identifier: str, dates: StructureRule | Control, said: str) -> Control:
    return Control(
        substance=identifier,
        regime=rule.regime,
        list=rule.list,
        decided=dates.decided,
        effective=dates.effective,
        end=dates.end,
        note="; ".join(filter(None, (said, rule.note))),
        source=" | ".join(dict.fromkeys((rule.source, dates.source))),
        listing_verified=rule.listing_verified and dates.listing_verified,
        verified=rule.verified and dates.verified,
        rule=rule.rule,
    )


def _unsettled(identifier: str, one: Structure | None, table: ControlTable) -> Iterator[Control]:
    """Regimes that name the parent of a salt or stereoisomer, and no rule says more: unknown, never not listed."""
    if one is None or not has_carbon(one.core):
        return
    related = {parent: _relation(one, drawn) for parent, drawn in parent_structures().items()}
    told: set[str] = set()
    for row in table.rows:
        kind = related.get(row.substance, "")
        if not kind or row.regime in told or table.named(identifier, row.regime):
            continue
        told.add(row.regime)
        yield Control(
            substance=identifier,
            regime=row.regime,
            list="",
            decided="",
            effective="",
            end="",
            note=f"{_ONE_OF[kind]} of {substance(row.substance).name}, which is on {row.list}:"
            f" whether that entry covers its {kind} was not established",
            source=row.source,
            listing_verified=False,
            verified=False,
            rule=UNSETTLED,
        )
