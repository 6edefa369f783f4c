"""The system's keyring, through the `keyring` package where it is installed and finds one."""

from __future__ import annotations

import contextlib
import importlib
from typing import Any

from ..errors import KeyFileError


class OsKeyring:
    """Secrets by service and name. `backend` is what `keyring.get_keyring()` gives."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def read(self, service: str, name: str) -> bytes:
        """The secret, b"" for none.

        Raises
        ------
        KeyFileError
            The keyring is locked, or holds something else under that name.
        """
        try:
            return bytes.fromhex(self._call("get_password", service, name) or "")
        except ValueError as exc:
            raise KeyFileError(f"the keyring's entry {service} {name} holds no key: remove it and provision") from exc

    def write(self, service: str, name: str, secret: bytes) -> None:
        """Keep a secret in place of any other."""
        self._call("set_password", service, name, secret.hex())

    def remove(self, service: str, name: str) -> None:
        """Forget a secret; there need not be one."""
        with contextlib.suppress(KeyFileError):
            self._call("delete_password", service, name)

    def _call(self, method: str, *arguments: str) -> Any:
        errors = importlib.import_module("keyring.errors")
        try:
            return getattr(self._backend, method)(*arguments)
        except errors.KeyringError as exc:
            raise KeyFileError(f"the system's keyring refused ({exc}): unlock it, or set QUAYSCAN_CONFIG") from exc


def os_keyring() -> OsKeyring | None:
    """The keyring of this system, None where there is no package or no keyring that it could use."""
    try:
        keyring = importlib.import_module("keyring")
        core = importlib.import_module("keyring.core")
    except ImportError:
        return None
    backend = keyring.get_keyring()
    return OsKeyring(backend) if core.recommended(backend) else None
