"""Resolves the class entries against the substances and the list of members, into `class_entries.csv`.

Reads the tables that ship and the structures in them; needs rdkit (extra `compute`).
"""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from ..class_match import class_rows
from ..class_members import class_members
from ..control_rows import Control, ControlTable, controls
from ..structures import Structure, structure
from ..substances import substances
from .controls_table import COLUMNS
from .write_table import write_table


def _known() -> Iterator[tuple[str, Structure | None]]:
    for one in substances():
        yield one.id, structure(one.smiles) if one.smiles else None
    for member in class_members():
        yield member.id, structure(member.smiles) if member.smiles else None


def resolved() -> tuple[Control, ...]:
    """Every row by which a class entry reaches a substance or member, in order of id."""
    table = ControlTable(rows=controls())
    rows = [row for identifier, one in _known() for row in class_rows(identifier, one, table)]
    return tuple(sorted(rows, key=lambda row: (row.substance, row.regime, row.list)))


def build_classes(data: Path, out: Path) -> None:
    """Write `class_entries.csv` into `out`. `data` is not read: the rules and members ship with the package."""
    rows = [{**asdict(row), **_flags(row)} for row in resolved()]
    write_table(out / "class_entries.csv", (*COLUMNS, "rule"), rows)


def _flags(row: Control) -> dict[str, str]:
    return {name: "yes" if getattr(row, name) else "no" for name in ("listing_verified", "verified")}
