"""The header of a library file: small JSON, checked as a whole before anything is believed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from ..errors import LibraryError
from ..preprocess.grid import POINTS, START_CM1, STEP_CM1

SCHEMA_VERSION = 1
BLOCK_NAMES = ("offsets", "coverage", "entries", "spectra")
GRID_FIELDS = {"start_cm1": START_CM1, "step_cm1": STEP_CM1, "points": POINTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the file says about itself: name, entries, bytes of each block, and the content's SHA-256."""

    name: str
    count: int
    blocks: dict[str, int]
    sha256: str
    schema_version: int = SCHEMA_VERSION
    grid: dict[str, float] = field(default_factory=lambda: dict(GRID_FIELDS))

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
            raise LibraryError(f"it has version {version} and this quayscan reads {SCHEMA_VERSION}: update quayscan")
        header = Header(**fields)
        expected = {"offsets": 8 * (header.count + 1), "coverage": 8 * header.count}
        expected["spectra"] = 4 * POINTS * header.count
        blocks = {name: header.blocks[name] for name in BLOCK_NAMES}
    except (ValueError, TypeError, KeyError) as exc:
        raise LibraryError(f"its header is damaged ({exc!r})") from exc
    if header.grid != GRID_FIELDS:
        raise LibraryError(f"it has the grid {header.grid} and not {GRID_FIELDS}")
    if header.count < 1 or any(blocks[name] != size for name, size in expected.items()):
        raise LibraryError(f"its blocks do not hold {header.count} entries: it is damaged")
    return header
