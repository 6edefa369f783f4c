"""What Raman or the near infrared cannot do, and what must not be put under the laser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from .class_members import known_or_member
from .errors import AmbiguousName, UnknownSubstance
from .substances import name_key
from .table_rows import table_rows

Sensor = Literal["raman", "nir"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Why one sensor cannot name a substance, or not in the form in which it is met.

    `limit` is the short word ("no bands", "water only", "dark"), `reason` the sentence. `verified` says whether a
    public page was seen that bears the reason out.
    """

    substance: str
    sensor: Sensor
    limit: str
    reason: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanWarning:
    """What to tell the operator before the light is armed on declared goods of that name."""

    substance: str
    names: tuple[str, ...]
    hazard: str
    warning: str
    source: str
    verified: bool


@cache
def limits() -> tuple[Limit, ...]:
    """Every limit of the table."""
    return tuple(
        Limit(
            **{key: row[key] for key in ("substance", "limit", "reason", "source")},
            sensor=cast(Sensor, row["sensor"]),
            verified=row["verified"] == "yes",
        )
        for row in table_rows("limits")
    )


@cache
def scan_warnings() -> tuple[ScanWarning, ...]:
    """Every warning of the table: of substances, and of declared goods that are no substance of the table."""
    return tuple(
        ScanWarning(
            **{key: row[key] for key in ("substance", "hazard", "warning", "source")},
            names=tuple(filter(None, row["names"].split("|"))),
            verified=row["verified"] == "yes",
        )
        for row in table_rows("scan_warnings")
    )


def limits_of(substance_id: str, *, sensor: Sensor | None = None) -> tuple[Limit, ...]:
    """What the sensors cannot do for a substance; empty where nothing is known to stand in the way.

    Parameters
    ----------
    substance_id : id, name, synonym or CAS number. One that the table does not know has no limits.
    sensor : "raman" or "nir" for one of them; None for both.
    """
    ids = _ids(substance_id)
    return tuple(one for one in limits() if one.substance in ids and sensor in (None, one.sensor))


@cache
def _warning_of() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for one in scan_warnings():
        for key in (one.substance, *map(name_key, one.names)):
            if key:
                found[key] = one.warning
    return found


def scan_warning(declared: str) -> str:
    """The warning to show before the light is armed when this is what the goods are declared to be; "" for none.

    Parameters
    ----------
    declared : id, name, synonym or CAS number of a substance, or goods by name ("black powder").
    """
    told = [_warning_of()[key] for key in (*_ids(declared), name_key(declared)) if key in _warning_of()]
    return " ".join(dict.fromkeys(told))


def _ids(name: str) -> tuple[str, ...]:
    """The substances that a name may stand for: all of them, since a warning must not get lost in a doubt."""
    try:
        return (known_or_member(name),)
    except AmbiguousName as exc:
        return exc.near
    except UnknownSubstance:
        return ()
