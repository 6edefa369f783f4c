"""Keys of devices: private files or the system's keyring, two at once while a device changes its key, and revoked."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from types import ModuleType

import pytest

from quayscan.errors import KeyFileError, UsageError
from quayscan.keys import DeviceKeys

UID = "00112233aabbccdd"
OLD, NEW = b"o" * 32, b"n" * 32


@pytest.fixture
def keys(tmp_path: Path) -> DeviceKeys:
    return DeviceKeys(folder=tmp_path)


def test_a_device_that_is_not_known_has_no_key(keys: DeviceKeys) -> None:
    assert keys.candidates(UID) == []
    assert not keys.is_revoked(UID)


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
def test_a_key_lies_in_a_file_that_only_its_user_may_read(keys: DeviceKeys) -> None:
    keys.stage(UID, OLD)
    keys.settle(UID, OLD)
    path = Path(keys.place(UID))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().strip() == OLD.hex()
    path.chmod(0o644)
    with pytest.raises(KeyFileError, match="chmod 600"):
        keys.candidates(UID)


def test_while_a_key_changes_both_are_tried_and_the_proved_one_stays(keys: DeviceKeys) -> None:
    keys.settle(UID, OLD)
    keys.stage(UID, NEW)
    assert keys.candidates(UID) == [OLD, NEW]
    keys.settle(UID, NEW)
    assert keys.candidates(UID) == [NEW]
    keys.stage(UID, b"x" * 32)
    keys.settle(UID, NEW)
    assert keys.candidates(UID) == [NEW]


def test_a_forgotten_key_is_gone(keys: DeviceKeys) -> None:
    keys.settle(UID, OLD)
    keys.forget(UID)
    assert keys.candidates(UID) == []
    keys.forget(UID)


def test_revoked_until_restored(keys: DeviceKeys) -> None:
    keys.settle(UID, OLD)
    keys.revoke(UID.upper())
    assert keys.is_revoked(UID)
    assert keys.candidates(UID) == [OLD]
    keys.restore(UID)
    assert not keys.is_revoked(UID)


@pytest.mark.parametrize("uid", ["", "0011", UID + "0", "../../../etc/xx", "zz112233aabbccdd"])
def test_what_is_no_uid_is_refused(keys: DeviceKeys, uid: str) -> None:
    with pytest.raises(UsageError, match="is no uid"):
        keys.candidates(uid)
    with pytest.raises(UsageError, match="is no uid"):
        keys.revoke(uid)


def test_a_key_of_another_length_is_refused(keys: DeviceKeys) -> None:
    with pytest.raises(KeyFileError, match="31 bytes"):
        keys.stage(UID, bytes(31))


class Backend:
    """What `keyring.get_keyring()` gives, with its secrets in a dict."""

    def __init__(self, priority: float = 5) -> None:
        self.priority = priority
        self.secrets: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, name: str) -> str | None:
        self._open()
        return self.secrets.get((service, name))

    def set_password(self, service: str, name: str, secret: str) -> None:
        self._open()
        self.secrets[service, name] = secret

    def delete_password(self, service: str, name: str) -> None:
        if self.secrets.pop((service, name), None) is None:
            raise sys.modules["keyring.errors"].KeyringError("there is none")

    def _open(self) -> None:
        if self.locked:
            raise sys.modules["keyring.errors"].KeyringError("locked")


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Backend:
    """The `keyring` package, as far as it is used, with a backend of the test's own."""
    made = Backend()
    package, core, errors = (ModuleType(f"keyring{name}") for name in ("", ".core", ".errors"))
    package.get_keyring = lambda: made  # type: ignore[attr-defined] # a module made here
    core.recommended = lambda one: one.priority >= 1  # type: ignore[attr-defined] # as keyring.core says
    errors.KeyringError = type("KeyringError", (Exception,), {})  # type: ignore[attr-defined] # the root of its errors
    for module in (package, core, errors):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.delenv("QUAYSCAN_CONFIG", raising=False)
    monkeypatch.setattr("quayscan.keys.device_keys.config_path", lambda: tmp_path)
    return made


def test_the_systems_keyring_keeps_keys_where_there_is_one(backend: Backend, tmp_path: Path) -> None:
    keys = DeviceKeys()
    keys.stage(UID, OLD)
    keys.settle(UID, OLD)
    assert keys.candidates(UID) == [OLD]
    assert list(backend.secrets.values()) == [OLD.hex()]
    assert "keyring" in keys.place(UID)
    assert list(tmp_path.iterdir()) == []
    keys.forget(UID)
    assert keys.candidates(UID) == []


def test_a_locked_keyring_is_named(backend: Backend) -> None:
    backend.locked = True
    with pytest.raises(KeyFileError, match="unlock it"):
        DeviceKeys().candidates(UID)


def test_a_keyring_that_keeps_nothing_is_passed_over(backend: Backend, tmp_path: Path) -> None:
    backend.priority = 0
    DeviceKeys().settle(UID, OLD)
    assert backend.secrets == {}
    assert (tmp_path / "devices" / f"{UID}.key").exists()


def test_a_folder_named_by_the_environment_wins(
    backend: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUAYSCAN_CONFIG", str(tmp_path))
    DeviceKeys().settle(UID, OLD)
    assert backend.secrets == {}
