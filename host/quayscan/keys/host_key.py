"""This host's own signing key: one file that only its user may read."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from ..errors import KeyFileError
from .place import config_path, made
from .signature import SECRET_BYTES, SigningKey

FILE_NAME = "signing.key"
"""64 hexadecimal digits: the secret of an Ed25519 key."""

PRIVATE_MODE = 0o600


def host_key(folder: Path | None = None) -> SigningKey:
    """The key of this computer's user; made at first use.

    Parameters
    ----------
    folder : where it lies; `config_path()` by default.

    Raises
    ------
    KeyFileError
        The file cannot be made or read, others may read it, or it holds no key.
    """
    path = (config_path() if folder is None else folder) / FILE_NAME
    if not path.exists():
        _make(path)
    return _read(path)


def _make(path: Path) -> None:
    made(path.parent)
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_MODE)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_bytes(SECRET_BYTES).hex() + "\n")
        _place(aside, path)
    except OSError as exc:
        raise KeyFileError(f"the key {path} cannot be made ({exc.strerror}): check the folder's rights") from exc


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


def _read(path: Path) -> SigningKey:
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
    if len(secret) != SECRET_BYTES:
        raise KeyFileError(f"{path} holds {len(secret)} bytes and no key: move it away and a new one is made")
    return SigningKey(secret=secret)
