"""The updated control table that a user gives: whose it is, then what it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from .output import complain

if TYPE_CHECKING:
    from quayscan_spectra import ControlTable

Table = Annotated[
    Path | None,
    typer.Option("--table", metavar="FILE", help="An updated control table (CSV). Default: the one shipped."),
]


def open_table(path: Path | None) -> ControlTable | None:
    """The table of a file, its signature checked first, then every row; None for the shipped one.

    Raises
    ------
    InputError
        The file cannot be read or a row of it is wrong.
    """
    if path is None:
        return None
    import quayscan_spectra

    check_signature(path)
    try:
        return quayscan_spectra.load_controls(path)
    except quayscan_spectra.ControlTableError as exc:
        raise InputError(str(exc)) from exc


def check_signature(path: Path) -> None:
    """The one place where the signature of a table is checked. Until it can be, every use says that it was not."""
    complain(f"control table {path.name}: its signature was not checked; use it only if you know where it comes from")
