"""The library file `.qlib`: written once, mapped into memory when opened.

    offset  size  what
    0       8     magic  89 51 4C 49 42 0D 0A 1A   (0x89 "QLIB" CR LF EOF: text transfers damage it visibly)
    8       4     header length H, uint32 little-endian
    12      4     CRC-32 of the header, uint32 little-endian
    16      H     header, JSON: schema_version, name, count, grid, blocks (bytes of each), sha256
    ...           blocks, each at a multiple of 64 bytes, in this order, the last one ending the file:
                  offsets (M + 1) uint64 · coverage (M, 2) int32 · entries JSON · spectra (M, 951) float32

Everything is little-endian. The header is small whatever M is; entries are parsed one at a time.
"""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import LibraryError
from ..preprocess.grid import POINTS
from .entries import PackedReferences, pack_references
from .header import BLOCK_NAMES, Header, parse_header
from .library import Library, content_hash

MAGIC = b"\x89QLIB\r\n\x1a"
ALIGNMENT = 64
PREAMBLE = 16
VERIFY_BELOW_BYTES = 64 << 20
"""Smaller files have their hash checked on every opening (under 0.1 s); larger ones when asked."""

REMEDY = "build it again with `quayscan library build`"

Blocks = dict[str, NDArray[np.uint8]]


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
    sizes = {name: len(block) for name, block in blocks.items()}
    header = Header(name=library.name, count=len(library), blocks=sizes, sha256=library.sha256).pack()
    try:
        with path.open("wb") as file:
            file.write(MAGIC + len(header).to_bytes(4, "little") + zlib.crc32(header).to_bytes(4, "little"))
            file.write(header)
            for name in BLOCK_NAMES:
                file.write(bytes(-file.tell() % ALIGNMENT))
                file.write(blocks[name])
    except OSError as exc:
        raise LibraryError(f"cannot write library {path}: {exc.strerror}; choose another place with --out") from exc


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
        raise LibraryError(f"cannot open library {path}: {exc.strerror}; check the name and the rights") from exc
    try:
        return _read(mapped, verify)
    except LibraryError as exc:
        raise LibraryError(f"cannot use library {path}: {exc}; {REMEDY}") from exc


def _read(mapped: NDArray[np.uint8], verify: bool | None) -> Library:
    header, start = _read_header(mapped)
    blocks = _cut_blocks(mapped, header, start)
    offsets = blocks["offsets"].view("<u8")
    if offsets[0] != 0 or offsets[-1] != blocks["entries"].size:
        raise LibraryError("its entries end at the wrong place: it is damaged")
    library = Library(
        name=header.name,
        references=PackedReferences(blocks["entries"], offsets),
        spectra=blocks["spectra"].view("<f4").reshape(header.count, POINTS),
        coverage=blocks["coverage"].view("<i4").reshape(header.count, 2),
        sha256=header.sha256,
    )
    checked = mapped.size < VERIFY_BELOW_BYTES if verify is None else verify
    if checked and content_hash(blocks["entries"].data, library.coverage, library.spectra) != library.sha256:
        raise LibraryError("its content does not have its hash: it is damaged")
    return library


def _read_header(mapped: NDArray[np.uint8]) -> tuple[Header, int]:
    preamble = mapped[:PREAMBLE].tobytes()
    if preamble[: len(MAGIC)] != MAGIC:
        raise LibraryError(f"it is no quayscan library (it starts with {preamble[:8].hex(' ')})")
    length = int.from_bytes(preamble[8:12], "little")
    raw = mapped[PREAMBLE : PREAMBLE + length].tobytes()
    if len(raw) != length or zlib.crc32(raw) != int.from_bytes(preamble[12:16], "little"):
        raise LibraryError("its header is damaged")
    return parse_header(raw), PREAMBLE + length


def _cut_blocks(mapped: NDArray[np.uint8], header: Header, start: int) -> Blocks:
    blocks: Blocks = {}
    for name in BLOCK_NAMES:
        start += -start % ALIGNMENT
        end = start + header.blocks[name]
        blocks[name] = mapped[start:end]
        start = end
    if start != mapped.size:
        raise LibraryError(f"it has {mapped.size} bytes where {start} were written: it is damaged")
    return blocks
