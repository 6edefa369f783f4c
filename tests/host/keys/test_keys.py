"""Signing keys: made once, for their user alone, and believed only when they are this host's or were accepted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quayscan.errors import KeyFileError, SignatureError
from quayscan.keys import SigningKey, check_signature, config_path, fingerprint, host_key, is_trusted, trust

KEY = SigningKey(secret=bytes(range(32)))
ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="modes of files are a POSIX matter")


def test_the_first_vector_of_rfc_8032() -> None:
    key = SigningKey(secret=bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
    assert key.public.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert key.sign(b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe2465514"
        "1438e7a100b"
    )


@given(message=st.binary(max_size=50), bit=st.integers(0, 8 * 64 - 1))
def test_a_signature_holds_for_its_message_and_no_flipped_bit(message: bytes, bit: int) -> None:
    signature = KEY.sign(message)
    check_signature(KEY.public, signature, message)
    flipped = bytearray(signature)
    flipped[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SignatureError, match="altered"):
        check_signature(KEY.public, bytes(flipped), message)
    with pytest.raises(SignatureError):
        check_signature(KEY.public, signature, message + b"x")
    with pytest.raises(SignatureError):
        check_signature(KEY.public[:-1], signature, message)


def test_the_secret_is_in_no_text() -> None:
    assert KEY.secret.hex() not in repr(KEY)
    assert repr(KEY.secret) not in repr(KEY)


def test_the_hosts_key_is_made_once_and_stays(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "place"
    first = host_key(folder)
    assert host_key(folder).secret == first.secret
    assert host_key(tmp_path / "another").secret != first.secret
    assert [path.name for path in folder.iterdir()] == ["signing.key"]


@ON_POSIX
def test_the_hosts_key_is_for_its_user_alone(tmp_path: Path) -> None:
    host_key(tmp_path)
    path = tmp_path / "signing.key"
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    with pytest.raises(KeyFileError, match="chmod 600"):
        host_key(tmp_path)


def test_a_file_system_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "no hard links")

    monkeypatch.setattr(os, "link", refuse)
    assert host_key(tmp_path).secret == host_key(tmp_path).secret
    assert [path.name for path in tmp_path.iterdir()] == ["signing.key"]


def test_the_key_that_another_program_made_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.link

    def late(source: Path, target: Path) -> None:
        target.write_text("ab" * 32 + "\n")
        target.chmod(0o600)
        real(source, target)

    monkeypatch.setattr(os, "link", late)
    assert host_key(tmp_path).secret == b"\xab" * 32
    assert [path.name for path in tmp_path.iterdir()] == ["signing.key"]


@pytest.mark.parametrize("text", ["", "no key", "ab" * 31, "\u00e4"])
def test_a_file_without_a_key_is_named_and_kept(tmp_path: Path, text: str) -> None:
    path = tmp_path / "signing.key"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match="move it away"):
        host_key(tmp_path)
    assert path.read_text(encoding="utf-8") == text


def test_a_place_where_no_folder_can_be_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyFileError, match="QUAYSCAN_CONFIG"):
        host_key(tmp_path / "file" / "below")


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUAYSCAN_CONFIG", str(tmp_path))
    assert config_path() == tmp_path
    monkeypatch.delenv("QUAYSCAN_CONFIG")
    assert config_path().name == "quayscan"


def test_trusted_is_ones_own_key_and_what_was_accepted(tmp_path: Path) -> None:
    assert not is_trusted(KEY.public, tmp_path)
    assert is_trusted(host_key(tmp_path).public, tmp_path)
    trust(KEY.public, tmp_path)
    assert is_trusted(KEY.public, tmp_path)
    assert not is_trusted(KEY.public[::-1], tmp_path)


def test_only_a_key_can_be_accepted(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="3 bytes"):
        trust(b"abc", tmp_path)
    (tmp_path / "trusted").write_text("in the way")
    with pytest.raises(KeyFileError):
        trust(KEY.public, tmp_path)


def test_asking_makes_no_key(tmp_path: Path) -> None:
    is_trusted(KEY.public, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_fingerprint_is_16_digits_of_the_sha256() -> None:
    assert fingerprint(b"") == "e3b0c44298fc1c14"


def test_a_secret_that_cannot_be_kept_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KeyFileError, match="No space left"):
        host_key(tmp_path)
    assert list(tmp_path.iterdir()) == []
