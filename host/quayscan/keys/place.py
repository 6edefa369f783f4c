"""Where the settings and keys of this computer's user lie."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import KeyFileError

ENVIRONMENT = "QUAYSCAN_CONFIG"
"""Names another folder than the platform's own for user settings."""


def config_path() -> Path:
    """The folder; it need not exist yet."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("quayscan", appauthor=False)


def made(folder: Path) -> Path:
    """The folder, made for this user alone when missing.

    Raises
    ------
    KeyFileError
        It cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as exc:
        raise KeyFileError(
            f"the folder for keys, {folder}, cannot be made ({exc.strerror}): set {ENVIRONMENT} to one that can"
        ) from exc
    return folder
