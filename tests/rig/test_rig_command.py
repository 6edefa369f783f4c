"""`quayscan rig` in a process of its own: papers, exit codes, signatures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest


class Done(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def quayscan(tmp_path: Path) -> Callable[..., Done]:
    def run(*words: str, config: str = "config") -> Done:
        places = {"QUAYSCAN_CONFIG": str(tmp_path / config), "QUAYSCAN_DATA": str(tmp_path / "data")}
        command = [sys.executable, "-W", "error", "-m", "quayscan", "rig", *words]
        done = subprocess.run(
            command, capture_output=True, text=True, env={**os.environ, **places}, check=False, timeout=200
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run


def test_a_run_leaves_its_papers_and_exit_code_0(quayscan: Callable[..., Done], tmp_path: Path) -> None:
    folder = tmp_path / "new" / "report"
    rig = "sim:raman785?controller=pico"
    done = quayscan("run", "--rig", rig, "--case", "handshake,interlock", "--report", str(folder))
    assert (done.code, done.err) == (0, ""), done
    assert done.out.splitlines()[-2] == "PASSED"
    assert sorted(path.name for path in folder.iterdir()) == ["junit.xml", "report.html", "report.json"]
    assert json.loads((folder / "report.json").read_text())["report"]["summary"]["passed"] is True
    elsewhere = quayscan("verify", str(folder / "report.json"), config="elsewhere")
    assert (elsewhere.code, "an unknown key" in elsewhere.out) == (1, True)


def test_what_cannot_be_asked_is_refused_before_anything_runs(quayscan: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert quayscan("run", "--report", str(tmp_path / "file")).code == 2
    assert quayscan("verify", str(tmp_path / "file")).code == 4
