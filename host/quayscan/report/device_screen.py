"""A verdict in the few words that a handheld's own display has room for."""

from __future__ import annotations

from ..device import Screen
from ..verdict import Verdict, VerdictKind


def device_screen(verdict: Verdict) -> Screen:
    """Verdict, action, what was named, why or under which list, and the best score as a bar."""
    named = [one for one in verdict.candidates if one.named]
    if verdict.verdict == VerdictKind.MIXTURE:
        substance = " + ".join(one.name for one in verdict.components)
    else:
        substance = " / ".join(one.name for one in named)
    return Screen(
        verdict=verdict.verdict.value,
        action=verdict.action.value,
        bar=min(1.0, max(0.0, max(one.score for one in named))) if named else None,
        substance=substance,
        note=_note(verdict),
    )


def _note(verdict: Verdict) -> str:
    if verdict.controls:
        first = verdict.controls[0]
        return f"{first.regime} {first.list_name}"
    return verdict.cause
