"""The header of a library file: small JSON, checked as a whole before anything is believed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from ..errors import LibraryError
from .axis import RAMAN, axis_of
from .doubt import Doubt
from .seal import Seal

SCHEMA_VERSION = 2
BLOCK_NAMES = ("offsets", "coverage", "entries", "spectra")
MAX_DOUBTS = 200
"""The header stays small whatever the library: more doubts are counted and not spelled out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the file says about itself: name, entries, bytes of each block, SHA-256 of the content, version, dates."""

    name: str
    count: int
    blocks: dict[str, int]
    sha256: str
    version: int = 1
    created: str = ""
    expires: str = ""
    doubts: tuple[Doubt, ...] = ()
    doubt_count: int = 0
    schema_version: int = SCHEMA_VERSION
    grid: dict[str, float] = field(default_factory=lambda: dict(RAMAN.fields))

    def pack(self) -> bytes:
        """Canonical JSON: the same header gives the same bytes."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def parse_header(raw: bytes) -> Header:
    """Read and check a header.

    Raises
    ------
    LibraryError
        When it is no JSON, of another version or grid, or its numbers do not belong together.
    """
    try:
        fields: dict[str, Any] = json.loads(raw)
        version = fields["schema_version"]
        if version != SCHEMA_VERSION:
            remedy = "update quayscan" if version > SCHEMA_VERSION else "it is of an earlier quayscan"
            raise LibraryError(f"it has format version {version} and this quayscan reads {SCHEMA_VERSION}: {remedy}")
        fields["doubts"] = tuple(Doubt(**one) for one in fields["doubts"])
        header = Header(**fields)
        Seal(version=header.version, created=header.created, expires=header.expires)  # raises what does not fit
        expected = {"offsets": 8 * (header.count + 1), "coverage": 8 * header.count}
        expected["spectra"] = 4 * axis_of(header.grid).points * header.count
        blocks = {name: header.blocks[name] for name in BLOCK_NAMES}
    except (ValueError, TypeError, KeyError) as exc:
        raise LibraryError(f"its header is damaged ({exc!r})") from exc
    if header.count < 1 or any(blocks[name] != size for name, size in expected.items()):
        raise LibraryError(f"its blocks do not hold {header.count} entries: it is damaged")
    return header
