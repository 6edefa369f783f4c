"""The wiring table is made from the definitions, and fits them."""

from __future__ import annotations

from pathlib import Path

import pytest

from quayscan_hardware import board_names, load_board
from quayscan_hardware.rig.controller import ENABLE, INDICATOR, INTERLOCK, KEY, LIGHT, POWER, STIMULUS, TRIGGER
from quayscan_hardware.rig.line_numbers import NAMES, NUMBERS, from_wire, to_wire
from quayscan_hardware.rig.rig_board import rig_wires
from quayscan_hardware.rig.wiring import main, wiring_table, with_tables
from quayscan_wire import rig as wire


def test_the_page_holds_the_table_that_the_definitions_give(checkout: Path) -> None:
    page = (checkout / "hardware" / "RIG.md").read_text(encoding="utf-8")
    assert with_tables(page) == page, "hardware/RIG.md is old: run `make firmware-files`"


@pytest.mark.parametrize("name", board_names())
def test_every_wire_to_a_pin_ends_at_the_board_s_own_gpio(name: str) -> None:
    board, table = load_board(name), wiring_table(load_board(name))
    for line, one in rig_wires().items():
        (row,) = [row for row in table.splitlines() if row.startswith(f"| {line} |")]
        assert f"GP{one.pin} " in row
        if one.to in board.pins:
            assert f"GP{board.pins[one.to]} ({one.to})" in row


def test_what_only_the_board_drives_is_only_measured() -> None:
    wires = rig_wires()
    assert {line for line, one in wires.items() if not one.drives} == {ENABLE, INDICATOR, LIGHT, "photodiode"}
    assert {INTERLOCK, KEY, TRIGGER, POWER, STIMULUS} <= {line for line, one in wires.items() if one.drives}


def test_every_line_has_its_number_on_the_wire() -> None:
    assert {NAMES[number] for number in wire.DRIVEN} == set(NUMBERS) - {ENABLE, LIGHT, INDICATOR}
    for line in NUMBERS:
        assert from_wire(line, to_wire(line, 1.0)) == 1.0


def test_a_page_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="marks"):
        with_tables("# a page")


def test_main_writes_the_tables(tmp_path: Path, checkout: Path) -> None:
    page = tmp_path / "RIG.md"
    page.write_text((checkout / "hardware" / "RIG.md").read_text(encoding="utf-8").replace("GP18", "GP99"))
    main(page)
    assert "GP99" not in page.read_text(encoding="utf-8")
