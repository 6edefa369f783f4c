"""Controls in words, for a person at a terminal: an unverified row says so wherever it appears."""

from __future__ import annotations

from typing import Protocol

UNVERIFIED = "UNVERIFIED"
UNVERIFIED_DATE = "UNVERIFIED DATE"


class Marked(Protocol):
    """What a mark is read from: a row and how much of it was seen on a public page."""

    @property
    def verified(self) -> bool: ...
    @property
    def listing_verified(self) -> bool: ...


class Status(Marked, Protocol):
    """One regime's word on one date; quayscan_spectra.ControlStatus has it."""

    @property
    def regime(self) -> str: ...
    @property
    def list(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def since(self) -> str: ...
    @property
    def until(self) -> str: ...
    @property
    def asks_for(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def source(self) -> str: ...


def mark(row: Marked) -> str:
    """ "UNVERIFIED" where no public page was seen, "UNVERIFIED DATE" where one was for the listing alone, else ""."""
    if row.verified:
        return ""
    return UNVERIFIED_DATE if row.listing_verified else UNVERIFIED


def status_mark(status: Status) -> str:
    """The mark of a status; a regime without any row has nothing to verify."""
    return mark(status) if status.list or status.rule else ""


def period(status: Status) -> str:
    """From when to when, as the sources state it."""
    since = status.since or "a date not known"
    if not status.list:
        return ""
    if status.until:
        return f"{since} to {status.until}"
    return f"since {since}" if status.state == "in_force" else f"from {since}"


def status_lines(status: Status) -> list[str]:
    """A status as lines: regime, state, list and dates; what it asks for; note and source."""
    state = status.state.replace("_", " ")
    head = f"{status.regime:<8} {state:<12} {status.list:<28} {period(status):<26} {status_mark(status)}".rstrip()
    lines = [f"  {head}"]
    if status.asks_for and status.state in ("in_force", "decided"):
        lines.append(f"           {status.asks_for}")
    if status.note:
        lines.append(f"           {status.note}")
    lines.append(f"           source: {status.source}")
    return lines
