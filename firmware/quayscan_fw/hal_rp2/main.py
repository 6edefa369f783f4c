"""Entry on the board: which board it is, whether to stay in maintenance, then the program.

`/board` holds the board's name. Maintenance is the stock image's prompt with the light off: wanted by the strap pin, or
once, after the host's MAINTAIN, by the file `/maintenance`. The watchdog cannot be stopped, so MAINTAIN resets.

A prompt never finds a key: it is erased before maintenance, and when the program cannot begin; a program that ends in
any other way resets. Without a key, ctrl-C still reaches the prompt until the program has the link.
"""

import os
import sys

import machine
import micropython
import rp2

from ..key_record import SECTOR, erase_key, read_key
from .pins import PINS
from .sector_files import STORE_FOLDER, SectorFiles

NAME_FILE = "/board"
ONCE_FILE = "/maintenance"
_CTRL_C = 3


def main():
    """Run the program. Where this comes back, or raises, the prompt is next, and there is no key."""
    board = None
    flash = SectorFiles(STORE_FOLDER, SECTOR, rp2.Flash())
    try:
        if not read_key(flash)[0]:
            micropython.kbd_intr(_CTRL_C)
        board = _board()
    except KeyboardInterrupt:
        pass
    finally:
        if board is None:
            erase_key(flash)
    if board is not None:
        del flash
        _run(board)


def _board():
    """The board, ready to run; None for maintenance."""
    name = board_name()
    if maintenance_wanted(PINS[name]):
        return None
    from ..program import run  # noqa: F401 (before the watchdog of the board runs: it takes a second)
    from .board import Rp2Board

    return Rp2Board(name)


def _run(board):
    from ..program import run

    at_exit = getattr(sys, "atexit", None)  # not in every build
    if at_exit:
        at_exit(lambda: board.outputs.drive(False, False, 0))
    maintenance = False
    try:
        run(board)
        maintenance = True
    finally:
        if maintenance:
            with open(ONCE_FILE, "w"):
                pass
        machine.reset()


def board_name():
    """The board's name, as `/board` says.

    Raises
    ------
    RuntimeError
        There is no such file, or no such board.
    """
    try:
        with open(NAME_FILE) as file:
            name = file.read().strip()
    except OSError:
        raise RuntimeError("no file %s: write the board's name to it, one of %s" % (NAME_FILE, ", ".join(sorted(PINS))))
    if name not in PINS:
        raise RuntimeError("%s says %r: known are %s" % (NAME_FILE, name, ", ".join(sorted(PINS))))
    return name


def maintenance_wanted(pins):
    """Whether the strap is closed, or MAINTAIN was granted before the reset, which counts once."""
    strap = machine.Pin(pins["maintenance"], machine.Pin.IN, machine.Pin.PULL_UP)
    if not strap.value():
        return True
    try:
        os.remove(ONCE_FILE)
    except OSError:
        return False
    return True
