"""Finds what a CAS number, name, InChIKey, customs code or structure stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .class_members import class_members, known_or_member, name_of
from .control_rows import ControlTable, shipped_table
from .errors import AmbiguousName, UnknownSubstance
from .hs_codes import customs_code, substances_of_code
from .law import ControlStatus, controls_at, no_row, regimes, status_of
from .substances import substance, substances

FoundBy = Literal["name", "cas", "inchikey", "hs", "smiles"]

_CAS = re.compile(r"\d{2,7}-\d{2}-\d")
_INCHIKEY = re.compile(r"[A-Z]{14}-[A-Z]{10}-[A-Z]")
_STRUCTURE = re.compile(r"[()\[\]=#@+\\/]|[A-Za-z]\d|^[BCNOPSFIbcnops]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One substance that a query stands for. `substance` is "" for a structure that the tables do not know."""

    substance: str
    name: str
    found_by: FoundBy
    smiles: str = ""


def look_up(query: str) -> tuple[Found, ...]:
    """Everything that the query may stand for: several for a customs code or a shared CAS number.

    Parameters
    ----------
    query : id, name, synonym, CAS number, InChIKey, customs code (HS, six digits or more), or SMILES.

    Raises
    ------
    UnknownSubstance
        When nothing does; the message says what was tried.
    BadStructure, ChemistryMissing
        When it is a structure and cannot be read, or rdkit is not installed.
    """
    text = query.strip()
    if _INCHIKEY.fullmatch(text):
        return _by_inchikey(text)
    try:
        ids: tuple[str, ...] = (known_or_member(text),)
    except AmbiguousName as exc:
        ids = exc.near
    except UnknownSubstance:
        if code := customs_code(text):
            return _by_customs_code(code)
        if " " in text or _CAS.fullmatch(text) or not _STRUCTURE.search(text):
            raise
        return (of_structure(text),)
    by: FoundBy = "cas" if _CAS.fullmatch(text) else "name"
    return tuple(Found(substance=one, name=name_of(one), found_by=by) for one in ids)


def _by_customs_code(code: str) -> tuple[Found, ...]:
    found = substances_of_code(code)
    if not found:
        raise UnknownSubstance(
            f"no substance of the table has the customs code {code}: the table holds those of scheduled substances"
            " and of common goods; give a CAS number or a name"
        )
    return tuple(Found(substance=one, name=name_of(one), found_by="hs") for one in found)


def _keys() -> tuple[tuple[str, str, str], ...]:
    """InChIKey, id and name of everything that has one, substances first."""
    known = [(one.inchikey, one.id, one.name) for one in substances()]
    members = [(one.inchikey, one.id, one.name) for one in class_members()]
    return tuple(row for row in (*known, *members) if row[0])


def _by_inchikey(key: str) -> tuple[Found, ...]:
    exact = [(identifier, name) for known, identifier, name in _keys() if known == key]
    if exact:
        identifier, name = exact[0]
        return (Found(substance=identifier, name=name, found_by="inchikey"),)
    near = tuple(identifier for known, identifier, _ in _keys() if known[:14] == key[:14])
    offer = f"the same skeleton, another stereoisomer or charge: {', '.join(near)}" if near else "give its SMILES"
    raise UnknownSubstance(f"no substance of the table has the InChIKey {key}: {offer}", near=near)


def of_structure(smiles: str) -> Found:
    """The substance or class member that a SMILES is; one without a name where the tables know none.

    Raises
    ------
    BadStructure, ChemistryMissing
        When it cannot be read, or rdkit is not installed.
    """
    from .structures import structure  # rdkit, only where a structure was given

    one = structure(smiles)
    same = (one.inchikey,) if one.is_salt else (one.inchikey, one.core_inchikey)  # a hydrate is the substance
    for known, identifier, name in _keys():
        if known in same:
            return Found(substance=identifier, name=name, found_by="smiles", smiles=smiles)
    return Found(substance="", name=smiles, found_by="smiles", smiles=smiles)


def statuses_of(found: Found, at: date, *, table: ControlTable | None = None) -> tuple[ControlStatus, ...]:
    """What every regime says on a date about something that was found, as `controls_at` does."""
    if found.substance:
        return controls_at(found.substance, at, table=table)
    from .class_match import class_rows
    from .structures import structure

    rows = class_rows("", structure(found.smiles), table or shipped_table())
    statuses: list[ControlStatus] = []
    for regime in regimes():
        statuses += [status_of(row, at) for row in rows if row.regime == regime] or [no_row(regime)]
    return tuple(statuses)


def cas_of(identifier: str) -> str:
    """The CAS number of a substance or member; "" where none is known."""
    member = next((one for one in class_members() if one.id == identifier), None)
    return member.cas if member is not None else substance(identifier).cas
