"""The library file `.qlib`: written once, mapped into memory when opened.

    offset  size  what
    0       8     magic  89 51 4C 49 42 0D 0A 1A   (0x89 "QLIB" CR LF EOF: text transfers damage it visibly)
    8       4     header length H, uint32 little-endian
    12      4     CRC-32 of the header, uint32 little-endian
    16      H     header, JSON: schema_version, name, count, grid, blocks, sha256
    ...           blocks, each at a multiple of 64 bytes, in this order, the last one ending the file:
                  offsets (M + 1) uint64 · coverage (M, 2) int32 · entries JSON · spectra (M, 951) float32

Everything is little-endian. The header is small whatever M is; entries are parsed one at a time.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import LibraryError
from ..preprocess.grid import POINTS, START_CM1, STEP_CM1
from .entries import PackedReferences, pack_references
from .library import Library, content_hash

MAGIC = b"\x89QLIB\r\n\x1a"
SCHEMA_VERSION = 1
ALIGNMENT = 64
PREAMBLE = 16
MAX_HEADER = 1 << 20
VERIFY_BELOW_BYTES = 64 << 20
"""Smaller files have their hash checked on every opening (under 0.1 s); larger ones when asked."""

GRID_FIELDS = {"start_cm1": START_CM1, "step_cm1": STEP_CM1, "points": POINTS}
BLOCK_NAMES = ("offsets", "coverage", "entries", "spectra")
REMEDY = "build it again with `quayscan library build`"


def write_library(path: Path, library: Library) -> None:
    """Write `library` to `path`. The same content gives the same bytes.

    Raises
    ------
    LibraryError
        When the file cannot be written.
    """
    lines, offsets = pack_references(library.references)
    blocks = {
        "offsets": offsets.astype("<u8").tobytes(),
        "coverage": np.asarray(library.coverage, dtype="<i4").tobytes(),
        "entries": lines,
        "spectra": np.asarray(library.spectra, dtype="<f4").tobytes(),
    }
    header = _header(library, {name: len(block) for name, block in blocks.items()})
    try:
        with path.open("wb") as file:
            file.write(MAGIC + len(header).to_bytes(4, "little") + zlib.crc32(header).to_bytes(4, "little"))
            file.write(header)
            for name in BLOCK_NAMES:
                file.write(bytes(-file.tell() % ALIGNMENT))
                file.write(blocks[name])
    except OSError as exc:
        raise LibraryError(
            f"cannot write library {path}: {exc.strerror}; choose another place with --out"
        ) from exc


def _header(library: Library, sizes: dict[str, int]) -> bytes:
    """The header's bytes; block positions are counted from the first aligned byte after it."""
    fields = {
        "schema_version": SCHEMA_VERSION,
        "name": library.name,
        "count": len(library),
        "grid": GRID_FIELDS,
        "blocks": sizes,
        "sha256": library.sha256,
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def open_library(path: Path, *, verify: bool | None = None) -> Library:
    """Open a library file without reading its spectra or parsing its entries.

    Parameters
    ----------
    path : the file.
    verify : check the content's hash; by default only for files under 64 MB.

    Raises
    ------
    LibraryError
        When the file is missing, no library, truncated, damaged, of another grid or of a newer version.
    """
    try:
        mapped = np.memmap(path, dtype=np.uint8, mode="r") if path.stat().st_size else np.zeros(0, np.uint8)
    except OSError as exc:
        raise LibraryError(
            f"cannot open library {path}: {exc.strerror}; check the name and the rights"
        ) from exc
    header, start = _read_header(path, mapped)
    blocks = _cut_blocks(path, mapped, header, start)
    library = _library(path, header, blocks)
    if mapped.size < VERIFY_BELOW_BYTES if verify is None else verify:
        found = content_hash(blocks["entries"].data, library.coverage, library.spectra)
        if found != library.sha256:
            raise LibraryError(f"library {path} is damaged: its content does not have its hash; {REMEDY}")
    return library


def _read_header(path: Path, mapped: NDArray[np.uint8]) -> tuple[dict[str, Any], int]:
    preamble = mapped[:PREAMBLE].tobytes()
    if preamble[: len(MAGIC)] != MAGIC:
        raise LibraryError(
            f"{path} is no quayscan library (it starts with {preamble[:8].hex(' ')}); {REMEDY}"
        )
    length = int.from_bytes(preamble[8:12], "little")
    raw = mapped[PREAMBLE : PREAMBLE + length].tobytes()
    whole = len(preamble) == PREAMBLE and length <= MAX_HEADER and len(raw) == length
    if not whole or zlib.crc32(raw) != int.from_bytes(preamble[12:16], "little"):
        raise LibraryError(f"library {path} is damaged in its header; {REMEDY}")
    header: dict[str, Any] = json.loads(raw)
    version = header.get("schema_version")
    if version != SCHEMA_VERSION:
        raise LibraryError(
            f"library {path} has version {version} and this quayscan reads {SCHEMA_VERSION}: update quayscan,"
            f" or {REMEDY}"
        )
    if header["grid"] != GRID_FIELDS:
        raise LibraryError(f"library {path} has the grid {header['grid']} and not {GRID_FIELDS}; {REMEDY}")
    return header, PREAMBLE + length


def _cut_blocks(
    path: Path, mapped: NDArray[np.uint8], header: dict[str, Any], start: int
) -> dict[str, NDArray[np.uint8]]:
    blocks = {}
    for name in BLOCK_NAMES:
        start += -start % ALIGNMENT
        end = start + int(header["blocks"][name])
        blocks[name] = mapped[start:end]
        start = end
    if start != mapped.size:
        raise LibraryError(
            f"library {path} is damaged: {mapped.size} bytes where {start} were written; {REMEDY}"
        )
    return blocks


def _library(path: Path, header: dict[str, Any], blocks: dict[str, NDArray[np.uint8]]) -> Library:
    count = int(header["count"])
    expected = {"offsets": 8 * (count + 1), "coverage": 8 * count, "spectra": 4 * POINTS * count}
    if count < 1 or any(blocks[name].size != size for name, size in expected.items()):
        raise LibraryError(f"library {path} is damaged: its blocks do not hold {count} entries; {REMEDY}")
    offsets = blocks["offsets"].view("<u8")
    if offsets[0] != 0 or offsets[-1] != blocks["entries"].size:
        raise LibraryError(f"library {path} is damaged: its entries end at the wrong place; {REMEDY}")
    return Library(
        name=str(header["name"]),
        references=PackedReferences(blocks["entries"], offsets),
        spectra=blocks["spectra"].view("<f4").reshape(count, POINTS),
        coverage=blocks["coverage"].view("<i4").reshape(count, 2),
        sha256=str(header["sha256"]),
    )
