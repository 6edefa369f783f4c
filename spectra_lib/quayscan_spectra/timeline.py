"""The dates of a substance in each regime, and what changed between two dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .class_members import known_or_member
from .control_rows import Control, ControlTable, shipped_table
from .law import ControlStatus, State, is_complete, no_row, regimes, state_of, status_of


def timeline(substance_id: str, at: date, *, table: ControlTable | None = None) -> tuple[ControlStatus, ...]:
    """Every row of a substance in every regime, oldest first within a regime, with its state on a date.

    A regime without a row has one status that says so.

    Raises
    ------
    UnknownSubstance
        When the table has no such substance or member.
    """
    known = known_or_member(substance_id)
    chosen = table or shipped_table()
    found: list[ControlStatus] = []
    for regime in regimes():
        rows = sorted(chosen.rows_of(known, regime), key=lambda row: (row.effective, row.end))
        found += [status_of(row, at) for row in rows] or [no_row(regime)]
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row of the control table whose state differs between two dates."""

    substance: str
    regime: str
    list: str
    before: State
    after: State
    decided: str
    since: str
    until: str
    verified: bool
    listing_verified: bool
    source: str
    note: str


def _change(row: Control, first: date, last: date) -> Change | None:
    before, after = state_of(row, first), state_of(row, last)
    if before == after:
        return None
    return Change(
        substance=row.substance,
        regime=row.regime,
        list=row.list,
        before=before,
        after=after,
        decided=row.decided,
        since=row.effective,
        until=row.end,
        verified=row.verified,
        listing_verified=row.listing_verified,
        source=row.source,
        note=row.note,
    )


def changes(first: date, last: date, *, regime: str = "", table: ControlTable | None = None) -> tuple[Change, ...]:
    """What changed between two dates, by regime, then by the date it counts from, then by substance.

    Parameters
    ----------
    first, last : the two dates, in any order: the changes are told from `first` to `last`.
    regime : one regime only; "" for all.
    table : another control table than the shipped one.

    Raises
    ------
    UnknownRegime
        When there is no such regime.
    """
    if regime:
        is_complete(regime)
    wanted = (regime,) if regime else regimes()
    found = tuple(_changed(table or shipped_table(), first, last))
    chosen = [change for change in found if change.regime in wanted]
    return tuple(sorted(chosen, key=lambda one: (wanted.index(one.regime), one.until or one.since, one.substance)))


def _changed(table: ControlTable, first: date, last: date) -> Iterator[Change]:
    for row in table.rows:
        change = _change(row, first, last)
        if change is not None:
            yield change
