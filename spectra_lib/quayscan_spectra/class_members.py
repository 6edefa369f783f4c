"""Members of class entries that no list names: salts, esters and the like, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .errors import AmbiguousName, UnknownSubstance
from .substances import name_key, resolve, substance
from .table_rows import table_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMember:
    """A substance that is controlled only as a member of a class entry, or shown not to be reached by one."""

    id: str
    name: str
    synonyms: tuple[str, ...]
    cas: str
    smiles: str
    inchikey: str
    source: str
    note: str


@cache
def class_members() -> tuple[ClassMember, ...]:
    """Every member of the table, in order of id."""
    return tuple(
        ClassMember(
            **{key: row[key] for key in ("id", "name", "cas", "smiles", "inchikey", "source", "note")},
            synonyms=tuple(filter(None, row["synonyms"].split("|"))),
        )
        for row in table_rows("class_members")
    )


@cache
def _member_of() -> Mapping[str, ClassMember]:
    found: dict[str, ClassMember] = {}
    for one in class_members():
        for name in (one.id, one.name, one.cas, *one.synonyms):
            if name:
                found.setdefault(name_key(name), one)
    return found


def class_member(name: str) -> ClassMember:
    """The member that goes by this id, name, synonym or CAS number.

    Raises
    ------
    UnknownSubstance
        When none does.
    """
    found = _member_of().get(name_key(name))
    if found is None:
        raise UnknownSubstance(f"no member of a class entry is called '{name}'")
    return found


def known_or_member(name: str) -> str:
    """The id of a substance, else of a member of a class entry, that goes by this name or CAS number.

    Raises
    ------
    UnknownSubstance
        When none does; the message is that of `resolve`.
    """
    try:
        return resolve(name)
    except AmbiguousName:
        raise
    except UnknownSubstance:
        if name_key(name) not in _member_of():
            raise
        return class_member(name).id


def name_of(identifier: str) -> str:
    """The preferred name of a substance or member, by id."""
    member = _member_of().get(name_key(identifier))
    return member.name if member is not None and member.id == identifier else substance(identifier).name
