"""Entry metadata as JSON lines: packed for the file, parsed one at a time when asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from ..errors import LibraryError
from .reference import Reference

OffsetArray = NDArray[np.uint64]
ByteArray = NDArray[np.uint8]


def pack_references(references: Iterable[Reference]) -> tuple[bytes, OffsetArray]:
    """Canonical JSON lines, and the (M + 1,) offsets at which each line starts and the last one ends."""
    lines = [_line(reference) for reference in references]
    offsets = np.zeros(len(lines) + 1, dtype="<u8")
    offsets[1:] = np.cumsum([len(line) for line in lines], dtype=np.uint64) if lines else 0
    return b"".join(lines), offsets


def _line(reference: Reference) -> bytes:
    fields = {
        "substance": reference.substance,
        "name": reference.name,
        "grade": reference.grade,
        "origin": reference.origin,
        "provenance": dict(reference.provenance),
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


class PackedReferences(Sequence[Reference]):
    """References that stay bytes until one is asked for, so that a large library opens at once.

    Raises
    ------
    LibraryError
        On access, when the line does not hold a reference.
    """

    __slots__ = ("_lines", "_offsets")

    def __init__(self, lines: ByteArray, offsets: OffsetArray) -> None:
        self._lines = lines
        self._offsets = offsets

    def __len__(self) -> int:
        return int(self._offsets.size) - 1

    @overload
    def __getitem__(self, index: int) -> Reference: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Reference, ...]: ...

    def __getitem__(self, index: int | slice) -> Reference | tuple[Reference, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(f"entry {index} of {len(self)}")
        return self._parse(at)

    def _parse(self, at: int) -> Reference:
        line = self._lines[int(self._offsets[at]) : int(self._offsets[at + 1])].tobytes()
        try:
            return Reference(**json.loads(line))
        except (ValueError, TypeError) as exc:
            raise LibraryError(f"entry {at + 1} of the library is damaged ({exc}): build the library again") from exc
