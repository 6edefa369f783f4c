"""A secret in a file that only its user may read, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path

from ..errors import KeyFileError
from .place import made

PRIVATE_MODE = 0o600


def write_secret(path: Path, secret: bytes, *, replace: bool) -> None:
    """Put a secret in place as one line of hexadecimal digits; one that lies there stays unless `replace`.

    Raises
    ------
    KeyFileError
        The file cannot be made.
    """
    made(path.parent)
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_MODE)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secret.hex() + "\n")
            file.flush()
            os.fsync(handle)  # a device that took this key must not outlive the only copy of it
        if replace:
            aside.replace(path)
        else:
            _place(aside, path)
        _sync_folder(path.parent)
    except OSError as exc:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise KeyFileError(f"the key {path} cannot be made ({exc.strerror}): check the folder's rights") from exc


def _sync_folder(folder: Path) -> None:
    """Have the file's name on disk too, where a folder can be opened for that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _place(aside: Path, path: Path) -> None:
    """Put the whole file in place; the one that another program put there meanwhile stays."""
    try:
        os.link(aside, path)
    except FileExistsError:
        aside.unlink()
    except OSError:  # a file system without hard links
        aside.replace(path)
    else:
        aside.unlink()


def read_secret(path: Path, size: int) -> bytes:
    """The `size` bytes that lie there.

    Raises
    ------
    KeyFileError
        The file cannot be read, others may read it, or it holds no key.
    """
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text(encoding="ascii").strip()
        secret = bytes.fromhex(text)
    except OSError as exc:
        raise KeyFileError(f"the key {path} cannot be read ({exc.strerror}): check the rights") from exc
    except ValueError as exc:
        raise KeyFileError(f"{path} holds no key ({exc}): move it away and a new one is made") from exc
    if os.name == "posix" and mode & ~PRIVATE_MODE:
        raise KeyFileError(f"the key {path} has mode {mode:04o}, so that others may use it: chmod 600 it")
    if len(secret) != size:
        raise KeyFileError(f"{path} holds {len(secret)} bytes and no key: move it away and a new one is made")
    return secret
