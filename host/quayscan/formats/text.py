"""A file's bytes and lines: size, encoding and emptiness are checked before anything is looked at."""

from __future__ import annotations

from pathlib import Path

from ..errors import FileFormatError

MAX_BYTES = 64 * 2**20
"""A spectrum of a million points is 30 MB of text; more is not one spectrum."""

_SNIFF_BYTES = 4096


def read_bytes(path: Path) -> bytes:
    """The file's bytes.

    Raises
    ------
    FileFormatError
        The file cannot be opened, is empty, or is larger than `MAX_BYTES`.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise FileFormatError(f"{path}: is a folder: name the files in it")
        check_size(path, size)
        return path.read_bytes()
    except OSError as exc:
        raise FileFormatError(f"{path}: cannot be read ({exc.strerror}): check the name and the rights") from exc


def check_size(path: Path, size: int) -> None:
    """Return when a file of `size` bytes can be a spectrum.

    Raises
    ------
    FileFormatError
        It is empty, or larger than `MAX_BYTES`.
    """
    if size == 0:
        raise FileFormatError(f"{path}: line 1: the file is empty (0 bytes): export the spectrum again")
    if size > MAX_BYTES:
        raise FileFormatError(
            f"{path}: {size:,} bytes are no single spectrum (limit {MAX_BYTES:,}): give one spectrum a file"
        )


def read_lines(path: Path) -> list[str]:
    """The file's lines, without line ends; raises as `read_bytes` and `decode_lines` do."""
    return decode_lines(path, read_bytes(path))


def decode_lines(path: Path, data: bytes) -> list[str]:
    """The lines of `data`, without line ends.

    Raises
    ------
    FileFormatError
        The bytes are not text.
    """
    lines = _decode(path, data).splitlines()
    if not lines:
        raise FileFormatError(f"{path}: line 1: the file holds no text: export the spectrum again")
    return lines


def _decode(path: Path, data: bytes) -> str:
    if b"\0" in data[:_SNIFF_BYTES] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        at = data.index(b"\0")
        line = data.count(b"\n", 0, at) + 1
        raise FileFormatError(f"{path}: line {line}: a binary file (zero byte at {at}), not text: export it as CSV")
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileFormatError(f"{path}: line 1: the bytes are no text in UTF-8 or Windows-1252: export it as CSV")
