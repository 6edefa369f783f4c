"""This host's own signing key: one file that only its user may read."""

from __future__ import annotations

import secrets
from pathlib import Path

from .place import config_path
from .secret_file import read_secret, write_secret
from .signature import SECRET_BYTES, SigningKey

FILE_NAME = "signing.key"
"""64 hexadecimal digits: the secret of an Ed25519 key."""


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
        write_secret(path, secrets.token_bytes(SECRET_BYTES), replace=False)
    return SigningKey(secret=read_secret(path, SECRET_BYTES))
