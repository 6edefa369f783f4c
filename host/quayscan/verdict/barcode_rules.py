"""What a family's pattern adds to a verdict: only where nothing is named, and only a reason to look closer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..match.barcode import FamilyPattern
from .verdict import Verdict, VerdictKind


def with_families(verdict: Verdict, found: Sequence[FamilyPattern]) -> Verdict:
    """The verdict with the families whose pattern the spectrum carries; unchanged unless it is UNKNOWN.

    The decision stays UNKNOWN and the action SEND_TO_LAB: a pattern names no substance.
    """
    if verdict.verdict is not VerdictKind.UNKNOWN or not found:
        return verdict
    said = tuple(_sentence(one) for one in found)
    return replace(verdict, families=tuple(found), reasons=(*said, *verdict.reasons))


def _sentence(one: FamilyPattern) -> str:
    where = ", ".join(f"{low:.0f}-{high:.0f}" if high > low else f"{low:.0f}" for low, high in one.regions_cm1[:4])
    return (
        f"Pattern of a controlled family: {one.title} (bands at {where} cm-1): send to lab."
        f" Real spectra without a member raise this in at most {one.rate:.1%} (n {one.n})."
    )
