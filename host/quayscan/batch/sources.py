"""What a run is made of: files, folders, patterns and archives become one ordered stream of spectra files."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..formats.read import SPECTRUM_SUFFIXES
from .archive import count_members, is_archive, members
from .source import Source

PATTERN_CHARACTERS = frozenset("*?[")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files of a run in their order. Iterating reads archives as streams; nothing is kept.

    Attributes
    ----------
    paths : files and archives, in order.
    """

    paths: tuple[Path, ...]

    def __iter__(self) -> Iterator[Source]:
        for path in self.paths:
            if is_archive(path):
                yield from members(path)
            else:
                yield Source(name=str(path))

    def count(self) -> int:
        """How many there are; an archive that cannot be read counts as one."""
        return sum(count_members(path) if is_archive(path) else 1 for path in self.paths)


def find_sources(wanted: Sequence[str | Path]) -> Sources:
    """Files in the order asked for; those of a folder or pattern by name.

    Parameters
    ----------
    wanted : files, archives (.zip, .tar, .tar.gz, ...), folders, which are looked through to the bottom for names that
        spectra have, and patterns as in "season/**/*.csv".
    """
    return Sources(paths=tuple(path for one in wanted for path in _expand(str(one))))


def _expand(text: str) -> Iterable[Path]:
    path = Path(text)
    if path.is_dir():
        return sorted(one for one in path.rglob("*") if _is_wanted(one))
    if not path.exists() and PATTERN_CHARACTERS & set(text):
        found = sorted(Path(one) for one in glob.glob(text, recursive=True))
        return [one for one in found if one.is_file()] or [path]
    return [path]


def _is_wanted(path: Path) -> bool:
    return path.is_file() and (path.suffix.lower() in SPECTRUM_SUFFIXES or is_archive(path))
