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
    def since(self) -> str: ...
    @property
    def decided(self) -> str: ...
    @property
    def until(self) -> str: ...
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
class Subject:
    """A substance whose controls are asked for, and how to call it in a sentence."""

    substance: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The action that the controls ask for, with the controls and the sentences behind it."""

    action: Action
    controls: tuple[Control, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """All that the law says about one subject."""

    subject: Subject
    statuses: tuple[ControlStatus, ...]

    def controlled(self) -> tuple[ControlStatus, ...]:
        return tuple(status for status in self.statuses if status.state in CONTROLLED_STATES)

    def in_force(self, regimes: frozenset[str]) -> tuple[ControlStatus, ...]:
        return tuple(s for s in self.statuses if s.state == "in_force" and s.regime in regimes)


def legal_finding(
    subjects: Sequence[Subject], *, jurisdictions: Sequence[str], at: date, controls_at: ControlsAt
) -> Finding:
    """ALERT, WATCH or NO_CONTROLLED_FOUND; the gravest of the subjects counts."""
    words = [_Word(subject=one, statuses=tuple(controls_at(one.substance, at))) for one in subjects]
    chosen = frozenset(jurisdictions)
    alerted = [word for word in words if word.in_force(chosen)]
    watched = [word for word in words if word.controlled() and not word.in_force(chosen)]
    if alerted or watched:
        return Finding(
            action=Action.ALERT if alerted else Action.WATCH,
            controls=(
                *(_control(word, status) for word in alerted for status in word.in_force(chosen)),
                *(_control(word, status) for word in watched for status in word.controlled()),
            ),
            reasons=(
                *(_alert(word.subject, status) for word in alerted for status in word.in_force(chosen)),
                *(_watch(word, jurisdictions) for word in watched),
                *(_not_in_table(word.subject) for word in words if not word.statuses),
            ),
        )
    return Finding(action=Action.NO_CONTROLLED_FOUND, controls=(), reasons=_nothing(words, jurisdictions, at))


def _nothing(words: Sequence[_Word], jurisdictions: Sequence[str], at: date) -> tuple[str, ...]:
    """What NO_CONTROLLED_FOUND rests on, and what it does not say."""
    strangers = tuple(_not_in_table(word.subject) for word in words if not word.statuses)
    open_ones = {status.regime for word in words for status in word.statuses if status.state == "unknown"}
    searched = [regime for regime in jurisdictions if regime not in open_ones]
    nothing = f"Nothing that was named is listed as controlled by {', '.join(searched)} on {at.isoformat()}."
    not_known = [regime for regime in jurisdictions if regime in open_ones]
    unknown = f"Whether {', '.join(not_known)} controls it is not known to these tables."
    return (
        *strangers,
        *((nothing,) if searched else ()),
        *((unknown,) if not_known else ()),
        "Small amounts beside the main component stay unseen.",
    )


def _control(word: _Word, status: ControlStatus) -> Control:
    return Control(
        substance=word.subject.substance,
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


def _alert(subject: Subject, status: ControlStatus) -> str:
    since = f" since {status.since}" if status.since else ""
    mark = "" if status.verified else " (not verified)"
    asks = f": {status.asks_for.rstrip('.')}" if status.asks_for else ""
    return f"{subject.name} is controlled by {status.regime}, {status.list}, in force{since}{mark}{asks}."


def _watch(word: _Word, jurisdictions: Sequence[str]) -> str:
    """Where it is controlled, and what each chosen jurisdiction says: the scheduling gap in words."""
    elsewhere = [
        f"{status.regime} ({status.list}, {STATE_WORDS[status.state]}{'' if status.verified else ', not verified'})"
        for status in word.controlled()
        if status.regime not in jurisdictions
    ]
    gravest_last = sorted(word.statuses, key=lambda status: status.state in CONTROLLED_STATES)
    said = {status.regime: STATE_WORDS.get(status.state, status.state) for status in gravest_last}
    here = ", ".join(f"{regime} {said.get(regime, STATE_WORDS['unknown'])}" for regime in jurisdictions)
    where = f"controlled by {', '.join(elsewhere)}" if elsewhere else "about to be controlled"
    return f"{word.subject.name} is {where}; where you asked: {here}."


def _not_in_table(subject: Subject) -> str:
    return f"{subject.name} is not in the table of controls: whether it is controlled is not known here."
