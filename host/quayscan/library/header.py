"""The header of a library file: small JSON, checked as a whole before anything is believed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from ..errors import LibraryError
from ..preprocess.codes import CODE_BYTES
from .axis import RAMAN, axis_of
from .doubt import Doubt
from .seal import Seal

SCHEMA_VERSION = 2
CODED_SCHEMA_VERSION = 3
"""Of a file with codes; older programs refuse it and say so."""

BLOCK_NAMES = ("offsets", "coverage", "entries", "spectra")
CODED_BLOCK_NAMES = ("offsets", "coverage", "entries", "codes", "spectra")
MAX_DOUBTS = 200
"""The header stays small whatever the library: more doubts are counted and not spelled out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the file says about itself: name, entries, bytes of each block, SHA-256 of the content, version, dates.

    `codes_sha256` is that of the codes, "" in a file without.
    """

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
    codes_sha256: str = ""

    @property
    def block_names(self) -> tuple[str, ...]:
        """The blocks of the file, in order."""
        return CODED_BLOCK_NAMES if self.codes_sha256 else BLOCK_NAMES

    def pack(self) -> bytes:
        """Canonical JSON: the same header gives the same bytes."""
        fields = {name: value for name, value in asdict(self).items() if name != "codes_sha256" or value}
        return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


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
        if version not in (SCHEMA_VERSION, CODED_SCHEMA_VERSION):
            remedy = "update quayscan" if version > SCHEMA_VERSION else "it is of an earlier quayscan"
            raise LibraryError(
                f"it has format version {version} and this quayscan reads {SCHEMA_VERSION} and {CODED_SCHEMA_VERSION}:"
                f" {remedy}"
            )
        fields["doubts"] = tuple(Doubt(**one) for one in fields["doubts"])
        header = Header(**fields)
        Seal(version=header.version, created=header.created, expires=header.expires)  # raises what does not fit
        expected = {"offsets": 8 * (header.count + 1), "coverage": 8 * header.count}
        expected["spectra"] = 4 * axis_of(header.grid).points * header.count
        if header.codes_sha256:
            expected["codes"] = CODE_BYTES * header.count
        blocks = {name: header.blocks[name] for name in header.block_names}
    except (ValueError, TypeError, KeyError) as exc:
        raise LibraryError(f"its header is damaged ({exc!r})") from exc
    if header.count < 1 or any(blocks[name] != size for name, size in expected.items()):
        raise LibraryError(f"its blocks do not hold {header.count} entries: it is damaged")
    return header
