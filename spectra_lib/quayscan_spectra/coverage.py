"""How well each scheduled substance is covered: by which grade of reference, or why by none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from .computed_bands import computed_band_references
from .control_rows import ControlTable
from .identity import identity_group
from .law import controls_at
from .limits import limits_of
from .references import references
from .substances import Substance, substances
from .table_rows import table_rows

NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One scheduled substance.

    `grade` is "measured", "published", "computed" or "none". `reason` says where the reference comes from or why
    there is none ("queued": its computation waits its turn), and what the sensors cannot do. `regimes` are those
    that control it on the date asked about.
    """

    substance: str
    synonyms: tuple[str, ...]
    grade: str
    reason: str
    regimes: tuple[str, ...]


@cache
def _queue() -> Mapping[str, tuple[str, ...]]:
    """Substance -> the states of its computations; empty where no queue ships."""
    if not files("quayscan_spectra").joinpath("tables", "queue.csv").is_file():
        return {}
    states: dict[str, tuple[str, ...]] = {}
    for row in table_rows("queue"):
        states[row["substance"]] = (*states.get(row["substance"], ()), row["state"])
    return states


@cache
def _sources() -> Mapping[str, tuple[str, str]]:
    """Substance -> grade and source of its best reference."""
    rank = {"measured": 0, "published": 1, "computed": 2}
    best = sorted((*references(), *computed_band_references()), key=lambda one: -rank[one.grade])
    return {one.substance: (one.grade, one.source) for one in best}


def _why_none(one: Substance) -> str:
    states = _queue().get(one.id, ())
    if "queued" in states:
        return "queued"
    return _limit(one) or _one_spectrum(one) or _not_computed(one, states)


def _limit(one: Substance) -> str:
    """Why Raman cannot name it; "" where nothing stands in the way."""
    for limit in limits_of(one.id, sensor="raman"):
        head = "mixture of natural products" if limit.limit == "natural mixture" else "not identifiable by Raman"
        return f"{head}: {limit.reason}"
    return ""


def _one_spectrum(one: Substance) -> str:
    """The member of its identity group that stands for it; "" where none has a reference or waits for one."""
    for other in sorted(identity_group(one.id) - {one.id}):
        if other in _sources():
            return f"named as {other}, whose spectrum it shares ({_sources()[other][0]})"
        if "queued" in _queue().get(other, ()):
            return f"to be named as {other}, whose spectrum it shares, and which is queued"
    return ""


def _not_computed(one: Substance, states: tuple[str, ...]) -> str:
    failed = next((state for state in states if state.startswith("failed")), "")
    if failed:
        return f"the computation {failed}"
    if not one.smiles:
        return "no single structure to compute, and no measured spectrum with a usable licence was found"
    return f"no spectrum with a usable licence was found, and its structure ({one.formula}) is not in the queue"


def _reason(one: Substance, source: str) -> str:
    limit = next((limit.limit for limit in limits_of(one.id, sensor="raman")), "")
    return f"{source}; mind the limit: {limit}" if limit else source


def coverage(at: date, *, table: ControlTable | None = None) -> tuple[Coverage, ...]:
    """One row for each scheduled substance, in order of id.

    Parameters
    ----------
    at : the date on which the regimes are read.
    table : another control table than the shipped one.
    """
    rows = []
    for one in substances():
        if one.kind != "scheduled":
            continue
        grade, source = _sources().get(one.id, (NONE, ""))
        statuses = controls_at(one.id, at, table=table)
        rows.append(
            Coverage(
                substance=one.id,
                synonyms=tuple(dict.fromkeys(filter(None, (one.name, *one.synonyms, one.cas)))),
                grade=grade,
                reason=_why_none(one) if grade == NONE else _reason(one, source),
                regimes=tuple(dict.fromkeys(s.regime for s in statuses if s.state == "in_force")),
            )
        )
    return tuple(rows)
