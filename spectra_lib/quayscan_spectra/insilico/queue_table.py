"""The queue: which molecules are computed, in which order, and how far it is."""

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import cast

from ..table_rows import table_rows
from .settings import Model
from .write_rows import read_rows, write_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """One molecule of the queue. `state` is "queued", "done" or "failed: reason"."""

    id: str
    substance: str
    smiles: str
    charge: int
    model: Model
    heavy_atoms: int
    group: str
    state: str


COLUMNS = tuple(one.name for one in fields(Queued))


def _queued(row: dict[str, str]) -> Queued:
    return Queued(
        id=row["id"],
        substance=row["substance"],
        smiles=row["smiles"],
        charge=int(row["charge"]),
        model=cast(Model, row["model"]),
        heavy_atoms=int(row["heavy_atoms"]),
        group=row["group"],
        state=row["state"],
    )


def queued() -> tuple[Queued, ...]:
    """The rows of the package's own `tables/queue.csv` in order."""
    return tuple(_queued(dict(row)) for row in table_rows("queue"))


def read_queue(tables: Path) -> tuple[Queued, ...]:
    """The rows of `queue.csv` in a folder as it is now, in order."""
    return tuple(_queued(row) for row in read_rows(tables / "queue.csv"))


def mark(tables: Path, identifier: str, state: str) -> None:
    """Writes a molecule's new state into the queue of a folder."""
    rows = [replace(one, state=state) if one.id == identifier else one for one in read_queue(tables)]
    write_rows(tables / "queue.csv", COLUMNS, [{name: str(getattr(one, name)) for name in COLUMNS} for one in rows])
