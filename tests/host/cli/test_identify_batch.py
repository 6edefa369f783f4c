"""`quayscan identify PATHS... --out FILE` in processes of its own, as a port runs it."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from command_line import CommandLine
from tests.host.batch.season import write_season

FILES = 64
BAD = 37
AT = ("--at", "2026-12-01")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("port") / "season"
    write_season(folder, FILES, bad=BAD)
    return folder


@pytest.fixture(scope="module")
def whole(folder: Path) -> Path:
    out = folder.parent / "whole.csv"
    done = CommandLine(folder.parent)("identify", folder, "--out", out, *AT, "--jobs", "2")
    assert done.code == 4
    assert f"{FILES} files, 1 with an error" in done.err
    return out


def test_every_file_of_a_folder_is_a_row_in_order_and_the_bad_one_holds_its_error(whole: Path, folder: Path) -> None:
    with whole.open(newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["file"] for row in rows] == sorted(str(one) for one in folder.iterdir())
    assert [at for at, row in enumerate(rows) if row["error"]] == [BAD]
    assert rows[0]["verdict"] == "MATCH"


def test_killed_in_the_middle_and_resumed_it_is_the_file_of_an_uninterrupted_run(
    whole: Path, folder: Path, tmp_path: Path, quayscan: CommandLine
) -> None:
    out = tmp_path / "killed.csv"
    words = ["identify", str(folder), "--out", str(out), *AT, "--jobs", "2"]
    process = subprocess.Popen([sys.executable, "-m", "quayscan", *words], start_new_session=True)
    deadline = time.monotonic() + 120
    while (not out.exists() or out.read_bytes().count(b"\n") < 20) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert 0 < out.stat().st_size < whole.stat().st_size
    done = quayscan(*words, "--resume")
    assert "of an earlier run" in done.err
    assert out.read_bytes() == whole.read_bytes()


def test_an_archive_gives_the_rows_of_its_members(
    whole: Path, folder: Path, tmp_path: Path, quayscan: CommandLine
) -> None:
    archive = tmp_path / "season.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path in sorted(folder.iterdir())[:4]:
            zipped.write(path, path.name)
    done = quayscan("identify", archive, "--out", tmp_path / "a.csv", *AT, "--jobs", "1")
    assert done.code == 0
    expected = "".join(whole.read_text().splitlines(keepends=True)[:5])
    assert (tmp_path / "a.csv").read_text() == expected.replace(str(folder), str(archive))


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--out", "a.csv", "--json"), "--json and --out do not go together"),
        (("--out", "a.csv", "--record"), "--record and --out do not go together"),
        (("--resume",), "--resume needs --out"),
        (("--out", "a.csv", "--jobs", "0"), "--jobs 0: give 1 or more"),
        (("--out", "no-such-folder/a.csv"), "cannot be written"),
    ],
)
def test_what_does_not_go_together_is_said(
    tmp_path: Path, quayscan: CommandLine, words: tuple[str, ...], what: str
) -> None:
    (tmp_path / "x.csv").write_text("1,2\n")
    done = quayscan("identify", tmp_path / "x.csv", *words)
    assert (done.code, done.out) == (2, "")
    assert what in done.err


def test_a_scheduler_that_does_not_answer_is_named(tmp_path: Path, folder: Path, quayscan: CommandLine) -> None:
    words = ("--out", tmp_path / "a.csv", "--scheduler", "nonsense://127.0.0.1:9")
    done = quayscan("identify", folder, *words)
    assert done.code == 3
    assert "no Dask scheduler answers at nonsense://127.0.0.1:9" in done.err
