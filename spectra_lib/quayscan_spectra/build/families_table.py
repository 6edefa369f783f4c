"""Resolves the families against every structure of the tables, into `family_members.csv`. Needs rdkit."""

from collections.abc import Iterator
from pathlib import Path

from ..class_members import class_members
from ..structures import matches, structure
from ..substances import substances
from ..table_rows import table_rows
from .write_table import write_table

COLUMNS = ("family", "member", "smiles")


def _structures() -> dict[str, str]:
    """SMILES by id: of substances, of members of class entries, and of the molecules queued for computing."""
    found = {one.id: one.smiles for one in substances()}
    found |= {member.id: member.smiles for member in class_members()}
    found |= {row["id"]: row["smiles"] for row in table_rows("queue")}
    return {identifier: smiles for identifier, smiles in sorted(found.items()) if smiles}


def members() -> Iterator[dict[str, str]]:
    """Every structure that a family's pattern reaches, by family."""
    for family in table_rows("families"):
        for identifier, smiles in _structures().items():
            if matches(structure(smiles), (family["smarts"],)):
                yield {"family": family["family"], "member": identifier, "smiles": smiles}


def build_families(data: Path, out: Path) -> None:
    """Write `family_members.csv` into `out`. `data` is not read: the structures ship with the package."""
    write_table(out / "family_members.csv", COLUMNS, members())
