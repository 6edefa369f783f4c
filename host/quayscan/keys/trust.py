"""The public keys that this host believes: its own, and those that its user has accepted."""

from __future__ import annotations

from pathlib import Path

from ..errors import KeyFileError
from .host_key import FILE_NAME, host_key
from .place import config_path, made
from .signature import PUBLIC_BYTES, fingerprint

FOLDER_NAME = "trusted"


def is_trusted(public: bytes, folder: Path | None = None) -> bool:
    """Whether `public` is this host's own key or one that was accepted.

    Raises
    ------
    KeyFileError
        This host's own key is there and cannot be used.
    """
    folder = config_path() if folder is None else folder
    if _accepted(folder, public).is_file():
        return _accepted(folder, public).read_text(encoding="ascii").strip() == public.hex()
    return (folder / FILE_NAME).exists() and host_key(folder).public == public


def trust(public: bytes, folder: Path | None = None) -> Path:
    """Accept a key from now on; the file that remembers it.

    Raises
    ------
    KeyFileError
        It is no key, or cannot be kept.
    """
    if len(public) != PUBLIC_BYTES:
        raise KeyFileError(f"{len(public)} bytes are no key: {PUBLIC_BYTES} are")
    path = _accepted(config_path() if folder is None else folder, public)
    made(path.parent)
    try:
        path.write_text(public.hex() + "\n", encoding="ascii")
    except OSError as exc:
        raise KeyFileError(f"the key cannot be kept in {path} ({exc.strerror}): check the rights") from exc
    return path


def _accepted(folder: Path, public: bytes) -> Path:
    return folder / FOLDER_NAME / f"{fingerprint(public)}.pub"
