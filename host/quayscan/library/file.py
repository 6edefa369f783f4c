"""The library file `.qlib`: written once, mapped into memory when opened.

    offset  size  what
    0       8     magic  89 51 4C 49 42 0D 0A 1A   (0x89 "QLIB" CR LF EOF: text transfers damage it visibly)
    8       4     header length H, uint32 little-endian
    12      4     CRC-32 of the header, uint32 little-endian
    16      32    Ed25519 public key of the signer, zero when unsigned
    48      64    signature over "quayscan library" LF and the header, zero when unsigned
    112     H     header, JSON: schema_version, name, version, created, expires, count, grid, blocks (bytes of each),
                  sha256, doubts; codes_sha256 where there are codes
    ...           blocks, each at a multiple of 64 bytes, in this order, the last one ending the file:
                  offsets (M + 1) uint64 · coverage (M, 2) int32 · entries JSON · spectra (M, N) float32;
                  before the spectra, in files of 4,096 Raman entries or more, codes (M, 64) float32

Everything is little-endian, gaps are zero. The signature covers the header, the header's hash the entries, coverage
and spectra, the codes have a hash of their own there, and the offsets are those of the entries' line ends: no bit of a
signed file can change unseen. The header is small whatever M is; entries are parsed one at a time.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import LibraryError
from ..keys import SigningKey, fingerprint, is_trusted
from ..keys.signature import PUBLIC_BYTES
from ..preprocess.codes import WAVES, reference_codes
from .axis import RAMAN, axis_of
from .entries import PackedReferences, pack_references
from .header import CODED_SCHEMA_VERSION, MAX_DOUBTS, SCHEMA_VERSION, Header, parse_header
from .library import Library, content_hash, covers_window
from .seal import Seal
from .signing import SIGNED_BYTES, UNSIGNED, check_header, sign_header

MAGIC = b"\x89QLIB\r\n\x1a"
ALIGNMENT = 64
SIGNED_AT = 16
PREAMBLE = SIGNED_AT + SIGNED_BYTES
VERIFY_BELOW_BYTES = 64 << 20
"""Smaller files have their content checked on every opening (under 0.1 s); larger ones when asked."""

CODES_FROM = 4096
"""Entries from which a file holds codes for a first pass; fewer are compared at once."""

REMEDY = "build it again with `quayscan library build`"
END_OF_LINE = 10

Blocks = dict[str, NDArray[np.uint8]]


def write_library(path: Path, library: Library, *, key: SigningKey | None = None) -> Library:
    """Write `library` to `path`; without a key it is unsigned. The same content and key give the same bytes.

    The file appears whole: an older one in its place stays until the new one is complete.

    Returns
    -------
    The same library, its seal as the file now has it.

    Raises
    ------
    LibraryError
        When the file cannot be written.
    """
    lines, offsets = pack_references(library.references)
    blocks: dict[str, bytes | memoryview] = {
        "offsets": offsets.astype("<u8").tobytes(),
        "coverage": np.asarray(library.coverage, dtype="<i4").tobytes(),
        "entries": lines,
        "spectra": np.ascontiguousarray(library.spectra, dtype="<f4").view(np.uint8).data,
    }
    if library.axis == RAMAN and len(library) >= CODES_FROM:
        blocks["codes"] = _codes(library)
    made = _header(library, blocks)
    header = made.pack()
    signed = UNSIGNED if key is None else sign_header(header, key)
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with aside.open("xb") as file:
            file.write(MAGIC + len(header).to_bytes(4, "little") + zlib.crc32(header).to_bytes(4, "little"))
            file.write(signed + header)
            for name in made.block_names:
                file.write(bytes(-file.tell() % ALIGNMENT))
                file.write(blocks[name])
        os.replace(aside, path)
    except OSError as exc:
        aside.unlink(missing_ok=True)
        raise LibraryError(f"cannot write library {path}: {exc.strerror}; choose another place with --out") from exc
    signer = "" if key is None else fingerprint(key.public)
    return replace(library, seal=replace(library.seal, signer=signer, trusted=key is not None, shipped=False))


def open_library(path: Path, *, verify: bool | None = None) -> Library:
    """Open a library file without reading its spectra or parsing its entries. A signature is always checked.

    Parameters
    ----------
    path : the file.
    verify : check the content against the header; by default only for files under 64 MB.

    Raises
    ------
    LibraryError
        When the file is missing, no library, truncated, damaged, altered since it was signed, of another grid or of
        another version.
    """
    try:
        mapped = np.memmap(path, dtype=np.uint8, mode="r") if path.stat().st_size else np.zeros(0, np.uint8)
    except OSError as exc:
        raise LibraryError(f"cannot open library {path}: {exc.strerror}; check the name and the rights") from exc
    try:
        return _read(mapped, verify)
    except LibraryError as exc:
        raise LibraryError(f"cannot use library {path}: {exc}; {REMEDY}") from exc


def signer_of(path: Path) -> bytes:
    """The public key that signed a file, its signature checked; empty when the file is unsigned.

    Raises
    ------
    LibraryError
        As `open_library` says.
    """
    open_library(path, verify=True)
    with path.open("rb") as file:
        public = file.read(PREAMBLE)[SIGNED_AT : SIGNED_AT + PUBLIC_BYTES]
    return public if any(public) else b""


def _codes(library: Library) -> memoryview:
    """Codes of all entries; those of entries that lack a part of the window or the shifts beside it are 0."""
    codes = np.zeros((len(library), WAVES), dtype="<f4")
    for at in range(0, len(library), CODES_FROM):
        rows = slice(at, at + CODES_FROM)
        codes[rows] = reference_codes(library.spectra[rows])
    codes[~covers_window(library.coverage)] = 0.0
    return codes.view(np.uint8).data


def _header(library: Library, blocks: Mapping[str, bytes | memoryview]) -> Header:
    codes = blocks.get("codes")
    return Header(
        name=library.name,
        count=len(library),
        blocks={name: memoryview(block).nbytes for name, block in blocks.items()},
        grid=dict(library.axis.fields),
        sha256=library.sha256,
        version=library.seal.version,
        created=library.seal.created,
        expires=library.seal.expires,
        doubts=library.doubts[:MAX_DOUBTS],
        doubt_count=library.doubt_count,
        schema_version=SCHEMA_VERSION if codes is None else CODED_SCHEMA_VERSION,
        codes_sha256="" if codes is None else hashlib.sha256(codes).hexdigest(),
    )


def _read(mapped: NDArray[np.uint8], verify: bool | None) -> Library:
    header, signer, start = _read_header(mapped)
    axis = axis_of(header.grid)
    blocks = _cut_blocks(mapped, header, start)
    offsets = blocks["offsets"].view("<u8")
    if offsets[0] != 0 or offsets[-1] != blocks["entries"].size:
        raise LibraryError("its entries end at the wrong place: it is damaged")
    library = Library(
        name=header.name,
        references=PackedReferences(blocks["entries"], offsets),
        spectra=blocks["spectra"].view("<f4").reshape(header.count, axis.points),
        coverage=blocks["coverage"].view("<i4").reshape(header.count, 2),
        sha256=header.sha256,
        axis=axis,
        seal=_seal(header, signer),
        doubts=header.doubts,
        doubt_count=header.doubt_count,
        codes=blocks["codes"].view("<f4").reshape(header.count, WAVES) if "codes" in blocks else None,
    )
    checked = mapped.size < VERIFY_BELOW_BYTES if verify is None else verify
    if checked:
        _check_content(library, blocks, header.codes_sha256)
    return library


def _check_content(library: Library, blocks: Blocks, codes_sha256: str) -> None:
    if codes_sha256 and hashlib.sha256(blocks["codes"].data).hexdigest() != codes_sha256:
        raise LibraryError("its codes do not have their hash: it is damaged")
    if content_hash(blocks["entries"].data, library.coverage, library.spectra, library.axis) != library.sha256:
        raise LibraryError("its content does not have its hash: it is damaged")
    ends = np.flatnonzero(blocks["entries"] == END_OF_LINE) + 1
    if not np.array_equal(ends, blocks["offsets"].view("<u8")[1:]):
        raise LibraryError("its entries start at the wrong places: it is damaged")


def _seal(header: Header, signer: bytes) -> Seal:
    return Seal(
        version=header.version,
        created=header.created,
        expires=header.expires,
        signer=fingerprint(signer) if signer else "",
        trusted=bool(signer) and is_trusted(signer),
    )


def _read_header(mapped: NDArray[np.uint8]) -> tuple[Header, bytes, int]:
    """The header, the signer's public key (empty when unsigned), and where the header ends."""
    preamble = mapped[:PREAMBLE].tobytes()
    if preamble[: len(MAGIC)] != MAGIC:
        raise LibraryError(f"it is no quayscan library (it starts with {preamble[:8].hex(' ')})")
    length = int.from_bytes(preamble[8:12], "little")
    raw = mapped[PREAMBLE : PREAMBLE + length].tobytes()
    if len(raw) != length or zlib.crc32(raw) != int.from_bytes(preamble[12:16], "little"):
        raise LibraryError("its header is damaged")
    header = parse_header(raw)
    return header, check_header(raw, preamble[SIGNED_AT:]), PREAMBLE + length


def _cut_blocks(mapped: NDArray[np.uint8], header: Header, start: int) -> Blocks:
    blocks: Blocks = {}
    for name in header.block_names:
        gap = -start % ALIGNMENT
        if mapped[start : start + gap].any():
            raise LibraryError(f"the gap before its {name} is not empty: it is damaged")
        start += gap
        end = start + header.blocks[name]
        blocks[name] = mapped[start:end]
        start = end
    if start != mapped.size:
        raise LibraryError(f"it has {mapped.size} bytes where {start} were written: it is damaged")
    return blocks
