"""Where the records of this computer's user lie."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import StoreError

ENVIRONMENT = "QUAYSCAN_DATA"
"""Names another folder than the platform's own for user data."""


def records_path() -> Path:
    """The record database's path; its folder is made when missing.

    Raises
    ------
    StoreError
        The folder cannot be made.
    """
    named = os.environ.get(ENVIRONMENT)
    if named:
        folder = Path(named)
    else:
        from platformdirs import user_data_path

        folder = user_data_path("quayscan", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise StoreError(
            f"the folder for records, {folder}, cannot be made ({exc.strerror}): set {ENVIRONMENT} to one that can"
        ) from exc
    return folder / "records.sqlite"
