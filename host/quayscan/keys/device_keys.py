"""The keys of the devices that this host provisioned, and which of them it believes no more."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import KeyFileError, UsageError
from .os_keyring import os_keyring
from .place import ENVIRONMENT, config_path, made
from .secret_file import read_secret, write_secret

DEVICE_KEY_BYTES = 32
FOLDER_NAME = "devices"
SERVICE = "quayscan device key"
"""Under which the keys lie in the system's keyring."""

_UID = re.compile(r"[0-9a-f]{16}")
_STAGED = ".new"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceKeys:
    """Device keys by uid: in the system's keyring where the `keyring` package offers one, else in files of mode 0600.

    Parameters
    ----------
    folder : keep them in files below this folder. By default the keyring, or files in `config_path()`; a folder that
        QUAYSCAN_CONFIG names is always used.
    """

    folder: Path | None = None

    def candidates(self, uid: str) -> list[bytes]:
        """Keys that the device may hold: the one in use, and one that a provisioning left half done.

        Raises
        ------
        KeyFileError
            A key is there and cannot be used.
        UsageError
            It is no uid.
        """
        kept = (self._read(checked(uid)), self._read(checked(uid) + _STAGED))
        return [key for key in kept if key]

    def has_proved(self, uid: str) -> bool:
        """Whether a key of this device is kept that it has proved once; one that it was only sent is none."""
        return bool(self._read(checked(uid)))

    def stage(self, uid: str, key: bytes) -> None:
        """Keep a key that the device is about to get, beside the one in use."""
        self._write(checked(uid) + _STAGED, key)

    def settle(self, uid: str, key: bytes) -> None:
        """The device has proved `key`: it is the one in use."""
        if self._read(checked(uid)) != key:
            self._write(uid, key)
        self._remove(uid + _STAGED)

    def forget(self, uid: str) -> None:
        """Remove what is kept of a device's key."""
        self._remove(checked(uid))
        self._remove(uid + _STAGED)

    def revoke(self, uid: str) -> Path:
        """From now on nothing of this device counts as authenticated; the file that remembers it."""
        path = self._revoked(checked(uid))
        made(path.parent)
        try:
            path.touch()
        except OSError as exc:
            raise KeyFileError(f"{path} cannot be written ({exc.strerror}): check the rights") from exc
        return path

    def restore(self, uid: str) -> None:
        """Undo `revoke`: the device was provisioned anew."""
        self._revoked(checked(uid)).unlink(missing_ok=True)

    def is_revoked(self, uid: str) -> bool:
        """Whether `revoke` was called for it."""
        return self._revoked(checked(uid)).exists()

    def place(self, uid: str) -> str:
        """Where the key lies, for a person to read."""
        return f"the keyring, as {SERVICE} {uid}" if self._keyring() else str(self._path(checked(uid)))

    def _keyring(self) -> bool:
        return self.folder is None and not os.environ.get(ENVIRONMENT) and os_keyring() is not None

    def _root(self) -> Path:
        return (config_path() if self.folder is None else self.folder) / FOLDER_NAME

    def _path(self, name: str) -> Path:
        return self._root() / f"{name}.key"

    def _revoked(self, uid: str) -> Path:
        return self._root() / f"{uid}.revoked"

    def _read(self, name: str) -> bytes:
        """The key of that name, b"" for none."""
        keyring = os_keyring() if self._keyring() else None
        if keyring is not None:
            return keyring.read(SERVICE, name)
        path = self._path(name)
        return read_secret(path, DEVICE_KEY_BYTES) if path.exists() else b""

    def _write(self, name: str, key: bytes) -> None:
        if len(key) != DEVICE_KEY_BYTES:
            raise KeyFileError(f"{len(key)} bytes are no device key: {DEVICE_KEY_BYTES} are")
        keyring = os_keyring() if self._keyring() else None
        if keyring is not None:
            keyring.write(SERVICE, name, key)
        else:
            write_secret(self._path(name), key, replace=True)

    def _remove(self, name: str) -> None:
        keyring = os_keyring() if self._keyring() else None
        if keyring is not None:
            keyring.remove(SERVICE, name)
        else:
            self._path(name).unlink(missing_ok=True)


def checked(uid: str) -> str:
    """The uid as `device info` prints it.

    Raises
    ------
    UsageError
        It is none.
    """
    if not _UID.fullmatch(uid.lower()):
        raise UsageError(f"{uid!r} is no uid: give the 16 hexadecimal digits that `quayscan device info` prints")
    return uid.lower()
