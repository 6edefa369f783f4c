"""Entry on the board: which board it is, whether to stay in maintenance, then the program.

`/board` holds the board's name. Maintenance is the stock image's prompt with the light off: wanted by the strap pin, or
once, after the host's MAINTAIN, by the file `/maintenance`. The watchdog cannot be stopped, so MAINTAIN resets.
Either way the device's key is erased first.
"""

import os
import sys

import machine

from ..key_record import SECTOR, erase_key
from .pins import PINS
from .sector_files import STORE_FOLDER, SectorFiles

NAME_FILE = "/board"
ONCE_FILE = "/maintenance"


def main():
    """Run the program; comes back for maintenance only."""
    name = board_name()
    if maintenance_wanted(PINS[name]):
        erase_key(SectorFiles(STORE_FOLDER, SECTOR))
        return
    from ..program import run
    from .board import Rp2Board

    board = Rp2Board(name)
    at_exit = getattr(sys, "atexit", None)  # not in every build
    if at_exit:
        at_exit(lambda: board.outputs.drive(False, False, 0))
    run(board)
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
