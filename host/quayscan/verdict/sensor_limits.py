"""What this sensor cannot do, said where it matters: beside a name it concerns, and where nothing was seen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ..match import FAINT_CHI, MatchResult
from .verdict import VerdictKind

NOTHING_SEEN = frozenset({"no-signal", "weak", "fluorescence"})
"""Causes of INADEQUATE under which a sample without bands of its own would hide."""

UNSEEN = frozenset({"no bands", "dark", "water only"})


def limit_reasons(kind: VerdictKind, cause: str, substances: Iterable[str], result: MatchResult) -> tuple[str, ...]:
    """Sentences on the sensor's limits; most verdicts need none.

    Parameters
    ----------
    cause : of an INADEQUATE one. substances : those that the verdict names.
    """
    sensor = "nir" if result.technique == "NIR" else "raman"
    if kind is VerdictKind.INADEQUATE:
        return _unseen(sensor) if cause in NOTHING_SEEN else ()
    if kind is VerdictKind.UNKNOWN:
        return _faint(result)
    return _of_the_named(substances, sensor)


def _faint(result: MatchResult) -> tuple[str, ...]:
    if result.technique != "Raman" or result.background_chi >= FAINT_CHI:
        return ()
    return ("The bands are faint: scan again with a longer exposure before a sample is sent; that may name it.",)


def _of_the_named(substances: Iterable[str], sensor: str) -> tuple[str, ...]:
    import quayscan_spectra  # here, so that a caller with tables of its own does not load these

    wanted = set(substances)
    found = [one for one in quayscan_spectra.limits() if one.substance in wanted and one.sensor == sensor]
    return tuple(f"Mind the limit for {one.substance}: {one.reason}{_mark(one.verified)}." for one in found)


def _unseen(sensor: str) -> tuple[str, ...]:
    names = sorted(unseen_by(sensor))
    return (f"That rules none of these out, which this sensor does not see: {', '.join(names)}.",)


@cache
def unseen_by(sensor: str) -> frozenset[str]:
    """Ids of substances that a sensor ("raman" or "nir") does not see."""
    import quayscan_spectra

    found = quayscan_spectra.limits()
    return frozenset(one.substance for one in found if one.sensor == sensor and one.limit in UNSEEN)


def _mark(verified: bool) -> str:
    return "" if verified else " (not verified)"
