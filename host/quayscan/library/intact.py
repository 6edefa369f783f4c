"""Is this library file still what was signed, and still good?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..errors import LibraryError
from .file import open_library


def library_problems(path: Path, at: date) -> tuple[str, ...]:
    """Everything that keeps a file from being believed on the day `at`, after checking every bit; empty when intact.

    An unknown signer is no alteration and not among them.
    """
    try:
        seal = open_library(path, verify=True).seal
    except LibraryError as exc:
        return (str(exc),)
    unsigned = () if seal.signer else (f"{path} is not signed: sign it with `quayscan library sign`",)
    return (*unsigned, *((f"{path} expired on {seal.expires}",) if seal.expired(at) else ()))
