"""Run the command line as a user does, in a process of its own, with its own place for records."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class CommandLine:
    def __init__(self, data: Path) -> None:
        self.data = data

    def __call__(self, *words: str | Path, stdin: str = "") -> Done:
        environment = {**os.environ, "QUAYSCAN_DATA": str(self.data), "COLUMNS": "110"}
        command = [sys.executable, "-W", "error", "-m", "quayscan", *map(str, words)]
        done = subprocess.run(
            command, input=stdin, capture_output=True, text=True, env=environment, check=False, timeout=120
        )
        return Done(done.returncode, done.stdout, done.stderr)
