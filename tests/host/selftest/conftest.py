from __future__ import annotations

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
    """`quayscan(...)` runs the command line in a process and places of its own."""

    def run(*words: str) -> Done:
        places = {"QUAYSCAN_CONFIG": str(tmp_path / "config"), "QUAYSCAN_DATA": str(tmp_path / "data")}
        command = [sys.executable, "-W", "error", "-m", "quayscan", *words]
        done = subprocess.run(
            command, capture_output=True, text=True, env={**os.environ, **places}, check=False, timeout=120
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run
