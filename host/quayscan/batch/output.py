"""Where rows go: `Output`, chosen by the file's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ..errors import UsageError
from ..library import Library
from ..library.default import DEFAULT_NAME
from ..library.nir import NIR_NAME
from ..pipeline import Request, recipe_of
from .task import Kind

KINDS: Mapping[str, Kind] = {".csv": "csv", ".jsonl": "jsonl", ".parquet": "parquet"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What an output holds from an earlier run: the files, in order, how many errors, and what was asked.

    `asked` is (at, recipe, name and SHA-256 of the library) of the last verdict; None where there is none.
    """

    files: tuple[str, ...] = ()
    errors: int = 0
    asked: tuple[str, str, str, str] | None = None


class Output(Protocol):
    """Takes encoded rows in order. `finish` makes the file whole; until then `--resume` can go on with it."""

    path: Path
    before: Before

    def write(self, rows: Any) -> None: ...

    def finish(self) -> None: ...


def kind_of(path: Path) -> Kind:
    """How rows are written into a file.

    Raises
    ------
    UsageError
        When the name's end says none of the three.
    """
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise UsageError(f"--out {path}: give a name that ends in {', '.join(KINDS)}")
    return kind


def open_output(path: Path, *, resume: bool) -> Output:
    """Begin an output, or go on with one.

    Raises
    ------
    UsageError
        There is one already and nobody asked to go on with it; its name says no kind; it cannot be written, or what it
        holds is no output of a batch.
    """
    kind = kind_of(path)
    if kind == "parquet":
        from .parquet_output import ParquetOutput

        return ParquetOutput.opened(path, resume=resume)
    from .text_output import TextOutput

    return TextOutput.opened(path, kind, resume=resume)


def refuse_existing(path: Path) -> UsageError:
    """The error of a file that is there."""
    return UsageError(f"{path} exists: go on with it by --resume, remove it, or choose another --out")


def check_question(output: Output, request: Request, library: Library | None) -> None:
    """Return when the rows of an earlier run were asked in the same way.

    Raises
    ------
    UsageError
        They are of another date, other constants or another library.
    """
    if output.before.asked is None:
        return
    at, recipe, name, sha256 = output.before.asked
    shipped = (DEFAULT_NAME, NIR_NAME)
    differs = {
        "--at": at != request.at.isoformat(),
        "constants": recipe not in (recipe_of(request), recipe_of(request, nir=True)),
        "--library": name not in shipped if library is None else sha256 != library.sha256,
    }
    for what, other in differs.items():
        if other:
            raise UsageError(
                f"{output.path}: its rows were made with other {what}: ask as before, or choose another --out"
            )
