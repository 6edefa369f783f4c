"""What the law says about the named substances, and the action that follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from .verdict import Action, Control


class ControlStatus(Protocol):
    """One regime's word on one substance at a date; quayscan_spectra.ControlStatus has it.

    `state` is "in_force", "decided" (not yet in force), "ended", "not_listed" or "unknown".
    """

    @property
    def regime(self) -> str: ...
    @property
    def list(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def since(self) -> date | None: ...
    @property
    def decided(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...
    @property
    def asks_for(self) -> str: ...
    @property
    def verified(self) -> bool: ...
    @property
    def source(self) -> str: ...
    @property
    def note(self) -> str: ...


ControlsAt = Callable[[str, date], Sequence[ControlStatus]]

CONTROLLED_STATES = frozenset({"in_force", "decided"})

STATE_WORDS = {
    "in_force": "in force",
    "decided": "decided but not yet in force",
    "ended": "no longer in force",
    "not_listed": "not listed",
    "unknown": "not known to this table",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The action that the controls ask for, with the controls and the sentences behind it."""

    action: Action
    controls: tuple[Control, ...]
    reasons: tuple[str, ...]


def legal_finding(
    substances: Sequence[tuple[str, str]], *, jurisdictions: Sequence[str], at: date, controls_at: ControlsAt
) -> Finding:
    """ALERT, WATCH or NO_CONTROLLED_FOUND for named (substance, name) pairs; the gravest one counts."""
    statuses = [(substance, name, tuple(controls_at(substance, at))) for substance, name in substances]
    chosen = frozenset(jurisdictions)
    alerts = [
        (substance, name, status)
        for substance, name, all_of_it in statuses
        for status in all_of_it
        if status.state == "in_force" and status.regime in chosen
    ]
    if alerts:
        return Finding(
            action=Action.ALERT,
            controls=tuple(_control(substance, status) for substance, _, status in alerts),
            reasons=tuple(_alert_sentence(name, status) for _, name, status in alerts),
        )
    watched = [one for one in statuses if any(status.state in CONTROLLED_STATES for status in one[2])]
    if watched:
        return Finding(
            action=Action.WATCH,
            controls=tuple(
                _control(substance, status)
                for substance, _, all_of_it in watched
                for status in all_of_it
                if status.state in CONTROLLED_STATES
            ),
            reasons=tuple(_watch_sentence(name, all_of_it, jurisdictions) for _, name, all_of_it in watched),
        )
    return Finding(
        action=Action.NO_CONTROLLED_FOUND, controls=(), reasons=(_nothing_sentence(jurisdictions, at),)
    )


def _control(substance: str, status: ControlStatus) -> Control:
    return Control(
        substance=substance,
        regime=status.regime,
        list_name=status.list,
        state=status.state,
        since=status.since,
        decided=status.decided,
        until=status.until,
        verified=status.verified,
        asks_for=status.asks_for,
        source=status.source,
        note=status.note,
    )


def _alert_sentence(name: str, status: ControlStatus) -> str:
    since = f" since {status.since.isoformat()}" if status.since else ""
    asks = f": {status.asks_for}" if status.asks_for else ""
    return f"{name} is controlled by {status.regime}, {status.list}, in force{since}{asks}."


def _watch_sentence(name: str, statuses: Sequence[ControlStatus], jurisdictions: Sequence[str]) -> str:
    """Where it is controlled, and what each chosen jurisdiction says: the scheduling gap in words."""
    elsewhere = [
        f"{status.regime} ({status.list}, {STATE_WORDS[status.state]})"
        for status in statuses
        if status.state in CONTROLLED_STATES and status.regime not in jurisdictions
    ]
    words = {status.regime: STATE_WORDS.get(status.state, status.state) for status in statuses}
    here = ", ".join(f"{regime} {words.get(regime, STATE_WORDS['unknown'])}" for regime in jurisdictions)
    start = (
        f"{name} is controlled by {', '.join(elsewhere)}"
        if elsewhere
        else f"{name} is about to be controlled"
    )
    return f"{start}; where you asked: {here}."


def _nothing_sentence(jurisdictions: Sequence[str], at: date) -> str:
    return (
        f"Nothing that was named is controlled by {', '.join(jurisdictions)} on {at.isoformat()};"
        " small amounts beside the main component stay unseen."
    )
