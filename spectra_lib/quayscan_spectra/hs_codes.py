"""Customs codes: which substances a six-digit code of the Harmonized System covers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .substances import substances
from .table_rows import table_rows

_CODE = re.compile(r"(?:HS\s*)?(\d{4}\.?\d{2})(?:\.?\d{2}){0,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class HsCode:
    """One code of one substance. A substance may have several, by its form, and a code several substances.

    `description` is the source's wording, shortened. `verified` says that it names the substance; else the
    substance was placed by reading the description, and a customs office may decide otherwise.
    """

    substance: str
    hs6: str
    description: str
    source: str
    verified: bool


@cache
def hs_codes() -> tuple[HsCode, ...]:
    """Every code of a benign good, in order of substance; scheduled substances carry theirs as `Substance.hs6`."""
    return tuple(
        HsCode(
            **{key: row[key] for key in ("substance", "hs6", "description", "source")},
            verified=row["verified"] == "yes",
        )
        for row in table_rows("hs_codes")
    )


def customs_code(text: str) -> str:
    """The six digits of a code written as 2918.14, 291814, 2918140000 or HS 2918.14; "" when it is none."""
    found = _CODE.fullmatch(text.strip())
    return found[1].replace(".", "") if found else ""


def substances_of_code(hs6: str) -> tuple[str, ...]:
    """The ids of all substances that a six-digit code covers, in order; empty when the tables do not have it."""
    return _substances_of().get(hs6, ())


@cache
def _substances_of() -> Mapping[str, tuple[str, ...]]:
    pairs = {(one.hs6, one.substance) for one in hs_codes()}
    pairs |= {(one.hs6, one.id) for one in substances() if one.hs6}
    found: dict[str, tuple[str, ...]] = {}
    for code, identifier in sorted(pairs):
        found[code] = (*found.get(code, ()), identifier)
    return found
