"""Members of zip and tar archives, read as a stream: no archive is ever unpacked on disk or whole in memory."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ..formats.read import SPECTRUM_SUFFIXES
from ..formats.text import MAX_BYTES
from .source import Source

ZIP_SUFFIXES = (".zip",)
TAR_SUFFIXES = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")

_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)
"""What the two readers raise on damage, on a password (RuntimeError) and on a packing that they do not know."""


def is_archive(path: Path) -> bool:
    """Whether a name is that of an archive."""
    return path.name.lower().endswith(ZIP_SUFFIXES + TAR_SUFFIXES)


def members(path: Path) -> Iterator[Source]:
    """Spectrum files of an archive with their bytes, in stored order; what cannot be read comes with its error."""
    opened = _zip_members(path) if path.name.lower().endswith(ZIP_SUFFIXES) else _tar_members(path)
    try:
        yield from opened
    except _BROKEN as exc:
        yield Source(name=str(path), error=f"{path}: the archive cannot be read on ({exc}): pack it again")


def count_members(path: Path) -> int:
    """How many `members` gives; a damaged archive's error counts as one."""
    try:
        if path.name.lower().endswith(ZIP_SUFFIXES):
            with zipfile.ZipFile(path) as archive:
                return sum(_is_spectrum(one.filename) for one in archive.infolist() if not one.is_dir())
        with tarfile.open(path, "r|*") as stream:
            return sum(_is_spectrum(one.name) for one in stream if one.isfile())
    except _BROKEN:
        return 1


def _zip_members(path: Path) -> Iterator[Source]:
    with zipfile.ZipFile(path) as archive:
        for one in archive.infolist():
            if one.is_dir() or not _is_spectrum(one.filename):
                continue
            name = f"{path}/{one.filename}"
            try:
                with archive.open(one) as handle:
                    yield _read(name, handle)
            except _BROKEN as exc:
                yield Source(name=name, error=f"{name}: cannot be unpacked ({exc}): pack it again")


def _tar_members(path: Path) -> Iterator[Source]:
    with tarfile.open(path, "r|*") as stream:
        for one in stream:
            handle = stream.extractfile(one) if one.isfile() and _is_spectrum(one.name) else None
            if handle is not None:
                yield _read(f"{path}/{one.name}", handle)


def _read(name: str, handle: IO[bytes]) -> Source:
    data = handle.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return Source(name=name, error=f"{name}: over {MAX_BYTES:,} bytes are no single spectrum")
    return Source(name=name, data=data)


def _is_spectrum(name: str) -> bool:
    return Path(name).suffix.lower() in SPECTRUM_SUFFIXES
