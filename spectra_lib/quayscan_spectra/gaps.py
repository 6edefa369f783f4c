"""The scheduling gap: what the United Nations have decided and a regime does not yet control on a date."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .control_rows import Control, ControlTable, shipped_table
from .law import is_complete, state_of
from .stated_date import counts_from

UN = "UN88"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A substance that the United Nations have decided on and `regime` has no row in force for.

    `state` is "not_listed", "decided", "ended" or, for a regime whose table is not complete, "unknown"; `since` is
    the later date in that regime where one is known. `un_in_force` is the day on which the United Nations listing
    takes effect (it may lie after the date asked about: then `un_state` is "decided").
    `verified` and `source` are those of the United Nations row; `since_verified` and `since_source` those of the
    later row in the regime ("" where there is none).
    """

    substance: str
    regime: str
    state: Literal["not_listed", "decided", "ended", "unknown"]
    since: str
    decided: str
    un_list: str
    un_in_force: str
    un_state: Literal["in_force", "decided"]
    verified: bool
    source: str
    since_verified: bool
    since_source: str


def _is_decided(control: Control, at: date) -> bool:
    """Whether a United Nations row is decided by then and not over; one without any date counts as decided."""
    decided = counts_from(control.decided or control.effective)
    end = counts_from(control.end)
    return (decided is None or decided <= at) and (end is None or at <= end)


def _gap(control: Control, table: ControlTable, regime: str, at: date) -> Gap | None:
    rows = table.named(control.substance, regime)
    states = [state_of(row, at) for row in rows]
    if "in_force" in states:
        return None
    later = [row for row, state in zip(rows, states, strict=True) if state in ("decided", "not_listed")]
    state: Literal["not_listed", "decided", "ended", "unknown"] = "not_listed" if is_complete(regime) else "unknown"
    if "decided" in states:
        state = "decided"
    elif later:
        state = "not_listed"
    elif "ended" in states:
        state = "ended"
    return Gap(
        substance=control.substance,
        regime=regime,
        state=state,
        since=later[0].effective if later else "",
        decided=control.decided,
        un_list=control.list,
        un_in_force=control.effective,
        un_state="in_force" if state_of(control, at) == "in_force" else "decided",
        verified=control.verified,
        source=control.source,
        since_verified=bool(later) and later[0].verified,
        since_source=later[0].source if later else "",
    )


def gaps(regime: str, at: date, *, table: ControlTable | None = None) -> tuple[Gap, ...]:
    """Every substance of the gap of one regime on one date, in order of id.

    The United Nations decision (the effective date where no decision is given) is on or before the date, and the
    regime has no row in force. A year alone counts from its last day; unverified rows count and are marked.
    Only rows that name a substance count: a class entry closes no gap until its members are rows of the table.

    Raises
    ------
    UnknownRegime
        When there is no such regime.
    """
    is_complete(regime)
    chosen = table or shipped_table()
    decided = [row for row in chosen.rows if row.regime == UN and _is_decided(row, at)]
    found = {row.substance: gap for row in decided if (gap := _gap(row, chosen, regime, at)) is not None}
    return tuple(found[substance] for substance in sorted(found))
