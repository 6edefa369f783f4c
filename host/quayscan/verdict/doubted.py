"""What a library itself doubts is said by every verdict that rests on it, and goes to the laboratory."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ..library import Library, Reference
from .verdict import Action, Verdict

_SAID = "The library doubts the reference behind this: "


def with_doubts(verdict: Verdict, library: Library) -> Verdict:
    """The verdict with each doubt about an entry that it names; unchanged where there is none.

    A label that something contradicts may hide a controlled substance: NO_CONTROLLED_FOUND becomes SEND_TO_LAB. Pairs
    that are near each other are no doubt about either label.
    """
    said = _about(_named_rows(verdict, library), library) if library.doubts else ()
    if not said:
        return verdict
    hidden = verdict.action is Action.NO_CONTROLLED_FOUND
    *reasons, last = verdict.reasons
    return replace(
        verdict,
        action=Action.SEND_TO_LAB if hidden else verdict.action,
        reasons=(*reasons, *(_SAID + text for text in said), last),
    )


def _named_rows(verdict: Verdict, library: Library) -> Collection[Reference]:
    """Entries that the verdict rests on: the named candidates', and all of a component's substance."""
    substances = {one.substance for one in verdict.components} | {
        other for one in verdict.components for other in one.alternatives
    }
    named = [library.references[one.entry] for one in verdict.candidates if one.named]
    return [*named, *(one for one in library.references if one.substance in substances)]


def _about(rows: Collection[Reference], library: Library) -> tuple[str, ...]:
    sources = {one.provenance.get("source") or one.name for one in rows}
    doubts = [one for one in library.doubts if one.kind != "pair"]
    return tuple(dict.fromkeys(one.text for one in doubts if sources & set(one.names)))
