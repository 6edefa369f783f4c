"""The control table: which substance stands on which list of which regime, from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from .table_rows import Row, table_rows

FLAGS = ("listing_verified", "verified")

UNSETTLED = "not-established"
"""The rule of a class row without a list that says: unknown. Any other rule without a list says: not listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One row of the control table: a substance on one list of one regime.

    Dates are as the source states them: a day, a year, or "". `rule` is empty where the row names the substance;
    else it is the structure rule by which the substance belongs to a class entry, and a row without `list` says
    that no entry of the regime reaches it.
    """

    substance: str
    regime: str
    list: str
    decided: str
    effective: str
    end: str
    note: str
    source: str
    listing_verified: bool
    verified: bool
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ControlTable:
    """Rows that name substances, and `classes`: rows by which class entries reach what no row names.

    A class row is heard only where the regime has no row that names the substance.
    """

    rows: tuple[Control, ...]
    classes: tuple[Control, ...] = ()
    _named: Mapping[tuple[str, str], tuple[Control, ...]] = field(init=False, repr=False)
    _classes: Mapping[tuple[str, str], tuple[Control, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_named", _by_substance(self.rows))
        object.__setattr__(self, "_classes", _by_substance(self.classes))

    def named(self, substance_id: str, regime: str) -> tuple[Control, ...]:
        """The rows that name one substance in one regime; empty where there is none."""
        return self._named.get((substance_id, regime), ())

    def rows_of(self, substance_id: str, regime: str) -> tuple[Control, ...]:
        """The rows that name the substance, else those of the class entries that reach it."""
        return self.named(substance_id, regime) or self._classes.get((substance_id, regime), ())


def _by_substance(rows: Iterable[Control]) -> Mapping[tuple[str, str], tuple[Control, ...]]:
    found: dict[tuple[str, str], tuple[Control, ...]] = {}
    for row in rows:
        key = (row.substance, row.regime)
        found[key] = (*found.get(key, ()), row)
    return found


def control_of(row: Row) -> Control:
    """The control that one row of text stands for."""
    text = {key: row[key] for key in row if key not in FLAGS}
    return Control(**text, listing_verified=row["listing_verified"] == "yes", verified=row["verified"] == "yes")


@cache
def controls() -> tuple[Control, ...]:
    """Every row of the shipped control table that names a substance."""
    return tuple(control_of(row) for row in table_rows("controls"))


@cache
def shipped_table() -> ControlTable:
    """The table that ships with the package, with its class entries."""
    return ControlTable(
        rows=controls(),
        classes=tuple(control_of(row) for row in table_rows("class_entries")),
    )
