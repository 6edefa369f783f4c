"""What each regime says about a substance on a date. Facts with their sources; presumptive, no legal advice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from .class_members import known_or_member
from .control_rows import UNSETTLED, Control, ControlTable, shipped_table
from .errors import UnknownRegime
from .stated_date import counts_from
from .table_rows import Row, table_rows

State = Literal["in_force", "decided", "ended", "not_listed", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlStatus:
    """One regime's word on one substance on one date.

    `state`
        in_force: listed, and the list counts on that date (with an empty `since`: since when is not known);
        decided: decided, not yet in force; ended: no longer in force; not_listed: a searched list without it, or
        a row that begins later (`since` says when); unknown: the table does not reach far enough to say.
    `since`, `decided`, `until`
        As the source states them: a day, a year, or "". `until` is the last day in force.
    `asks_for`
        What the list asks a consignment for, in words for an inspector.
    `verified`, `listing_verified`
        Whether a public page was seen for membership and date, and for membership alone.
    `rule`
        Empty where the regime names the substance; else the structure rule by which a class entry reaches it, or,
        in the state not_listed, the rule that says why none does.
    """

    regime: str
    list: str
    state: State
    since: str
    decided: str
    until: str
    asks_for: str
    verified: bool
    listing_verified: bool
    source: str
    note: str
    rule: str = ""


@cache
def _regime_rows() -> Mapping[str, Row]:
    return {row["regime"]: row for row in table_rows("regimes")}


@cache
def _asks_for() -> Mapping[tuple[str, str], str]:
    return {(row["regime"], row["list"]): row["asks_for"] for row in table_rows("lists")}


def regimes() -> tuple[str, ...]:
    """The regimes of the table, the United Nations lists first."""
    return tuple(_regime_rows())


def known_lists(regime: str) -> tuple[str, ...]:
    """The lists of one regime for which it is known what they ask a consignment for."""
    return tuple(row["list"] for row in table_rows("lists") if row["regime"] == regime)


def is_complete(regime: str) -> bool:
    """Whether a substance without a row is not listed there (else nothing is known about it).

    Raises
    ------
    UnknownRegime
        When there is no such regime; the message names those that exist.
    """
    if regime not in _regime_rows():
        raise UnknownRegime(f"no regime is called '{regime}': choose one of {', '.join(regimes())}")
    return _regime_rows()[regime]["complete"] == "yes"


def state_of(control: Control, at: date) -> State:
    """The state of one row on a date. An empty effective date counts as in force, since when unknown."""
    if not control.list:
        return "unknown" if control.rule == UNSETTLED else "not_listed"
    end, effective = counts_from(control.end), counts_from(control.effective)
    if end is not None and at > end:
        return "ended" if is_complete(control.regime) else "unknown"
    if effective is None or effective <= at:
        return "in_force"
    decided = counts_from(control.decided)
    return "decided" if decided is not None and decided <= at else "not_listed"


def status_of(control: Control, at: date) -> ControlStatus:
    """What one row says on a date."""
    return ControlStatus(
        regime=control.regime,
        list=control.list,
        state=state_of(control, at),
        since=control.effective,
        decided=control.decided,
        until=control.end,
        asks_for=_asks_for().get((control.regime, control.list), ""),
        verified=control.verified,
        listing_verified=control.listing_verified,
        source=control.source,
        note=control.note,
        rule=control.rule,
    )


def no_row(regime: str) -> ControlStatus:
    """What a regime without any row for the substance says."""
    row = _regime_rows()[regime]
    return ControlStatus(
        regime=regime,
        list="",
        state="not_listed" if is_complete(regime) else "unknown",
        since="",
        decided="",
        until="",
        asks_for="",
        verified=False,
        listing_verified=False,
        source=row["source"],
        note=row["no_row"],
    )


def controls_at(substance_id: str, at: date, *, table: ControlTable | None = None) -> tuple[ControlStatus, ...]:
    """What every regime says about a substance on a date.

    Parameters
    ----------
    substance_id : id, name, synonym or CAS number, also of a member of a class entry that no list names.
    at : the date asked about.
    table : another control table than the shipped one.

    Returns
    -------
    tuple of ControlStatus
        At least one for each regime, in the order of `regimes()`; several where it is or was on several lists.

    Raises
    ------
    UnknownSubstance
        When the table has no such substance.
    """
    known = known_or_member(substance_id)
    chosen = table or shipped_table()
    found: list[ControlStatus] = []
    for regime in regimes():
        rows = chosen.rows_of(known, regime)
        found += [status_of(control, at) for control in rows] or [no_row(regime)]
    return tuple(found)
