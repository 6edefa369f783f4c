"""Substances: ids, names and synonyms, CAS numbers, structures."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from .errors import AmbiguousName, UnknownSubstance
from .table_rows import table_rows

Kind = Literal["scheduled", "benign"]

_CAS = re.compile(r"\d{2,7}-\d{2}-\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Substance:
    """One substance of the table. Text fields that are not known are empty.

    `kind` is "scheduled" when the control table has a row for it, else "benign": not in that table, which does
    not make it harmless. `verified` says that the CAS number was checked against a second source.
    """

    id: str
    name: str
    synonyms: tuple[str, ...]
    cas: str
    formula: str
    smiles: str
    inchikey: str
    state: str
    hs6: str
    kind: Kind
    source: str
    licence: str
    verified: bool
    note: str


def name_key(name: str) -> str:
    """The form in which names are compared: lower case, without spaces, hyphens and underscores."""
    return re.sub(r"[\s\-_‐‑–]", "", name).casefold()


@cache
def _by_id() -> Mapping[str, Substance]:
    found = {}
    for row in table_rows("substances"):
        text = {k: v for k, v in row.items() if k not in ("synonyms", "kind", "verified")}
        found[row["id"]] = Substance(
            **text,
            synonyms=tuple(s for s in row["synonyms"].split("|") if s),
            kind=cast(Kind, row["kind"]),
            verified=row["verified"] == "yes",
        )
    return found


def _names(one: Substance) -> tuple[tuple[str, ...], ...]:
    """The names of a substance by rank: its id, its preferred name, all others."""
    return (one.id,), (one.name,), (*one.synonyms, one.cas)


@cache
def _index() -> Mapping[str, tuple[str, ...]]:
    """Name key or CAS number -> ids. An id beats a preferred name, which beats a synonym."""
    index: dict[str, tuple[str, ...]] = {}
    for rank in range(3):
        fresh: dict[str, tuple[str, ...]] = {}
        for one in _by_id().values():
            for key in {name_key(name) for name in _names(one)[rank] if name}:
                fresh[key] = (*fresh.get(key, ()), one.id)
        index = {**fresh, **index}
    return index


def substances() -> tuple[Substance, ...]:
    """Every substance of the table, in order of id."""
    return tuple(sorted(_by_id().values(), key=lambda s: s.id))


def resolve(name: str) -> str:
    """The id of the substance that goes by this id, name, synonym or CAS number.

    Upper and lower case, spaces, hyphens and underscores make no difference.

    Raises
    ------
    UnknownSubstance
        When none does; the message offers near matches.
    AmbiguousName
        When several do.
    """
    found = _index().get(name_key(name), ())
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousName(f"'{name}' may be {', '.join(found)}: give one of these ids", near=found)
    keys = difflib.get_close_matches(name_key(name), _index(), n=5, cutoff=0.7)
    near = tuple(dict.fromkeys(i for key in keys for i in _index()[key]))
    offer = f"did you mean {', '.join(near)}?" if near else "give an id, a name or a CAS number of the table"
    kind = "CAS number" if _CAS.fullmatch(name.strip()) else "name"
    raise UnknownSubstance(f"no substance of the table has the {kind} '{name}': {offer}", near=near)


def substance(id_or_name_or_cas: str) -> Substance:
    """The substance that goes by this id, name, synonym or CAS number; raises as `resolve` does."""
    return _by_id()[resolve(id_or_name_or_cas)]


@cache
def library_names() -> Mapping[str, str]:
    """Every unambiguous name, in the form of `name_key`, with the id that it stands for.

    For naming a user's files: `library_names().get(name_key(path.stem))`.
    """
    return MappingProxyType({key: ids[0] for key, ids in _index().items() if len(ids) == 1})
