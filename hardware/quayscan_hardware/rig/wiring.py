"""The wiring table of a rig, from the definitions of board and rig board: `python -m quayscan_hardware.rig.wiring`.

Writes the table into hardware/RIG.md between its two marks; a test makes it anew and compares.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ..board import Board, board_names, load_board
from .rig_board import Wire, rig_wires

BEGIN, END = "<!-- wiring: made by `make firmware-files` -->", "<!-- end of wiring -->"


def wiring_table(board: Board) -> str:
    """One board's wires as a Markdown table."""
    lines = [
        f"`{board.name}`:",
        "",
        "| line | rig board | | board under test | between them |",
        "|---|---|---|---|---|",
        *[_row(name, wire, board) for name, wire in rig_wires().items()],
        "| ground | GND | | GND | direct, one wire beside the signals |",
    ]
    return "\n".join(lines) + "\n"


def _row(name: str, wire: Wire, board: Board) -> str:
    there = f"GP{board.pins[wire.to]} ({wire.to})" if wire.to in board.pins else wire.to
    arrow = "to" if wire.drives else "from"
    return f"| {name} | GP{wire.pin} | {arrow} | {there} | {wire.part} |"


def with_tables(page: str) -> str:
    """The page with fresh tables between its marks.

    Raises
    ------
    ValueError
        The marks are not there.
    """
    if BEGIN not in page or END not in page:
        raise ValueError(f"the page lacks its marks {BEGIN} and {END}")
    before, rest = page.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    tables = "\n".join(wiring_table(load_board(name)) for name in board_names())
    return f"{before}{BEGIN}\n{tables}{END}{after}"


def main(page: Path) -> None:
    """Write the tables into the page."""
    page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "hardware/RIG.md"))
