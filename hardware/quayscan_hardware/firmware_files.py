"""The firmware's files that are made: pins, facts and PIO words, and the package.json that lists them all.

`python -m quayscan_hardware.firmware_files` writes them below `firmware`; they are checked in, and a test makes them
anew and compares.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

from .board import board_names, load_board
from .mip_package import mip_package, rig_package
from .pio_assembler import PioProgram, assemble
from .rig.rig_board import rig_wires

_NO_UID = "0000000000000000"
_BOARDS = "hardware/quayscan_hardware/boards"
_PIO = "hardware/quayscan_hardware/pio"
_HAL = "quayscan_fw/hal_rp2"
_RIG_HAL = "quayscan_rig/hal_rp2"
_RIG_BOARD = "hardware/quayscan_hardware/rig/rig_board.toml"


def pio_programs() -> dict[str, str]:
    """Text of each PIO program, by its name, sorted."""
    folder = files("quayscan_hardware").joinpath("pio")
    texts = {item.name[: -len(".pio")]: item.read_text(encoding="utf-8") for item in folder.iterdir()}
    return dict(sorted(texts.items()))


def firmware_files() -> dict[str, str]:
    """Content of the generated modules, by their paths below `firmware`."""
    return {
        f"{_HAL}/pins.py": _pins(),
        f"{_HAL}/facts.py": _facts(),
        f"{_HAL}/pio_words.py": _words(),
        f"{_RIG_HAL}/pins.py": _rig_pins(),
    }


def _heading(what: str, source: str) -> str:
    return f'"""{what}\n\nMade from {source}: change those, then `make firmware-files`.\n"""\n'


def _pins() -> str:
    lines = [_heading("GPIO numbers of each board.", _BOARDS), "PINS = {"]
    for name in board_names():
        lines.append(f'    "{name}": {{')
        lines += [f'        "{pin}": {number},' for pin, number in load_board(name).pins.items()]
        lines.append("    },")
    return "\n".join([*lines, "}"]) + "\n"


def _rig_pins() -> str:
    lines = [_heading("GPIO numbers of the rig board.", _RIG_BOARD), "PINS = {"]
    lines += [f'    "{name}": {wire.pin},' for name, wire in rig_wires().items()]
    return "\n".join([*lines, "}"]) + "\n"


def _facts() -> str:
    lines = [_heading("What the program is told about each board, but its uid.", _BOARDS), "FACTS = {"]
    for name in board_names():
        lines.append(f'    "{name}": {{')
        facts = load_board(name).config(_NO_UID)
        lines += [f'        "{key}": {_literal(value)},' for key, value in facts.items() if key != "uid"]
        lines.append("    },")
    return "\n".join([*lines, "}"]) + "\n"


def _literal(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return f"({', '.join(map(_literal, value))})"
    return repr(value)


def _words() -> str:
    lines = [_heading("PIO programs: (words, wrap target, wrap, bits of a push).", _PIO)]
    for text in pio_programs().values():
        lines.append(_program(assemble(text)))
    return "\n".join(lines) + "\n"


def _program(program: PioProgram) -> str:
    words = "".join(f"        0x{word:04X},\n" for word in program.words)
    numbers = "".join(f"    {number},\n" for number in (program.wrap_target, program.wrap, program.push_bits))
    return f"{program.name.upper()} = (\n    (\n{words}    ),\n{numbers})"


def main(firmware: Path) -> None:
    """Write all files below `firmware`."""
    for name, content in firmware_files().items():
        path = firmware.joinpath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    firmware.joinpath("package.json").write_text(mip_package(firmware), encoding="utf-8")
    firmware.joinpath("package_rig.json").write_text(rig_package(firmware), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "firmware"))
