"""A link whose other end is the device program itself, on a board of plain objects, in this very process.

Time is the board's own: a read lets it pass, pass by pass, until bytes come.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from quayscan.errors import LinkLost

sys.path.append(str(Path(__file__).parents[2] / "fw"))

from fake_board import FakeBoard

from quayscan_fw.program import Program

PASSES = 40
"""Passes that a read waits for the first byte: what a host of the real kind calls its timeout."""


class ProgramLink:
    """Use `wire` to change what passes: it is given ("out" or "in", bytes) and gives the bytes that arrive."""

    def __init__(self, board: Any = None, wire: Callable[[str, bytes], bytes] = lambda way, data: data) -> None:
        self.name = "program"
        self.details: dict[str, object] = {}
        self.board = board or FakeBoard()
        self.wire = wire
        self.program = Program(self.board)

    def write(self, data: bytes) -> None:
        self.board.link.inbox += self.wire("out", data)

    def read(self, timeout_s: float) -> bytes:
        for _ in range(PASSES):
            self.board.clock.now += 1
            self.program.step()
            out, self.board.link.outbox = self.board.link.outbox, b""
            if out:
                return self.wire("in", out)
        return b""

    def close(self) -> None:
        """The program stays as it is."""

    def power_up(self) -> None:
        """Boot the program anew on the same board."""
        self.board.link.inbox = self.board.link.outbox = b""
        self.program = Program(self.board)


class CutWire:
    """Lets `budget` bytes pass, both ways together, and then no more; the host sees its port go."""

    def __init__(self, budget: int) -> None:
        self.left = budget

    def __call__(self, way: str, data: bytes) -> bytes:
        if self.left <= 0:
            raise LinkLost("the cable is cut")
        passed = data[: self.left]
        self.left -= len(data)
        return passed
