"""The updated control table that a user gives: whose it is, then what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError, SignatureError
from .output import complain

if TYPE_CHECKING:
    from quayscan_spectra import ControlTable

Table = Annotated[
    Path | None,
    typer.Option("--table", metavar="FILE", help="An updated control table (CSV). Default: the one shipped."),
]

SIGNED_AS = b"quayscan control table\n"
"""Goes before the content that is signed, so that no signature over another kind of file fits a table."""

_SIGNATURE = re.compile(r"ed25519 ([0-9a-f]{64}) ([0-9a-f]{128})\s*", re.ASCII)
"""Key and signature in the file beside the table."""


def open_table(path: Path | None) -> ControlTable | None:
    """The table of a file, its signature checked first, then every row; None for the shipped one.

    A table without a signature, or with that of a key that this host does not know, is used with a warning.

    Raises
    ------
    SignatureError
        The table was altered after it was signed.
    InputError
        The file cannot be read or a row of it is wrong.
    """
    if path is None:
        return None
    import quayscan_spectra

    content = _content(path)
    warning = check_table(path, content)
    if warning:
        complain(warning)
    try:
        return quayscan_spectra.controls_of_bytes(content, name=path.name)
    except quayscan_spectra.ControlTableError as exc:
        raise InputError(str(exc)) from exc


def sign_table(path: Path) -> Path:
    """Check every row of a table, sign it with this host's key, and return the file with the signature.

    Raises
    ------
    InputError
        The table is wrong, or the signature cannot be written.
    KeyFileError
        This host's key cannot be used.
    """
    import quayscan_spectra

    from ..keys import host_key

    content = _content(path)
    try:
        quayscan_spectra.controls_of_bytes(content, name=path.name)
    except quayscan_spectra.ControlTableError as exc:
        raise InputError(str(exc)) from exc
    key = host_key()
    beside = signature_path(path)
    try:
        beside.write_text(f"ed25519 {key.public.hex()} {key.sign(SIGNED_AS + content).hex()}\n", encoding="ascii")
    except OSError as exc:
        raise InputError(f"{beside} cannot be written ({exc.strerror or exc}): check the folder's rights") from exc
    return beside


def signature_path(path: Path) -> Path:
    """The file beside a table that holds its signature."""
    return path.with_name(f"{path.name}.sig")


def check_table(path: Path, content: bytes) -> str:
    """What to warn of when a table is used; "" for one whose signer this host believes.

    Raises
    ------
    SignatureError
        There is a signature and it is not over this content.
    """
    from ..keys import check_signature, fingerprint, is_trusted

    beside = signature_path(path)
    if not beside.exists():
        return f"control table {path.name} is not signed: use it only if you know where it comes from"
    found = _SIGNATURE.fullmatch(_content(beside).decode("ascii", "replace"))
    if found is None:
        raise SignatureError(f"{beside} holds no signature: get the table and its .sig file again")
    public = bytes.fromhex(found[1])
    check_signature(public, bytes.fromhex(found[2]), SIGNED_AS + content)
    if is_trusted(public):
        return ""
    return f"control table {path.name} is signed by key {fingerprint(public)}, which this host does not know"


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise InputError(f"{path} cannot be read ({exc.strerror or exc}): check the name and the rights") from exc
