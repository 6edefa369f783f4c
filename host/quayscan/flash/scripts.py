"""What runs at a device's MicroPython prompt. Paths are below the current folder: the root, after a start.

A new program waits in `next`, the one before in `previous`. Names change in one step each, and nothing is removed that
RESTORE could take for a program: a power cut within `activate` leaves the old program, the new one, or what RESTORE
makes the old one of; one within RESTORE leaves what RESTORE finishes.
"""

from __future__ import annotations

from collections.abc import Sequence

_TOOLS = """
import os, hashlib, binascii
def there(path):
    try:
        os.stat(path)
        return True
    except OSError:
        return False
def drop(path):
    if not there(path):
        return
    if os.stat(path)[0] & 0x4000:
        for entry in list(os.ilistdir(path)):
            drop(path + "/" + entry[0])
        os.rmdir(path)
    else:
        os.remove(path)
def walk(path):
    found = []
    for entry in os.ilistdir(path):
        inner = path + "/" + entry[0]
        found += walk(inner) if entry[1] & 0x4000 else [inner]
    return found
"""

VERSION = "import sys\nprint(getattr(sys.implementation, '_mpy', 0) & 0xff)"
"""Prints which version of compiled files this MicroPython takes."""

CLEAN = _TOOLS + "drop('next')\nprint('done')"
MAKE_ROOM = _TOOLS + "drop('stale')\ndrop('next')\nos.mkdir('next')\nprint('done')"

DIGEST = (
    _TOOLS
    + """
total = hashlib.sha256()
buffer = bytearray(512)
for path in sorted(walk("next")):
    total.update(("%s\\0%d\\0" % (path[5:], os.stat(path)[6])).encode())
    with open(path, "rb") as file:
        while True:
            n = file.readinto(buffer)
            if not n:
                break
            total.update(memoryview(buffer)[:n])
print(binascii.hexlify(total.digest()).decode())
"""
)
"""Prints the hash of what lies in `next`, as `Image.sha256` has it."""


def activate(parts: Sequence[str]) -> str:
    """What runs goes to `previous`, `next` takes its place."""
    return (
        _TOOLS
        + f"parts = {tuple(parts)!r}\n"
        + """
drop("stale")
if there("previous"):
    os.rename("previous", "stale")
drop("stale")
os.mkdir("previous")
for part in parts:
    if there(part):
        os.rename(part, "previous/" + part)
for part in parts:
    os.rename("next/" + part, part)
drop("next")
print("done")
"""
    )


RESTORE = (
    _TOOLS
    + """
drop("stale")
drop("next")
parts = [entry[0] for entry in os.ilistdir("previous")] if there("previous") else []
for part in parts:
    if there(part):
        os.rename(part, "stale")
    os.rename("previous/" + part, part)
    drop("stale")
print("done" if parts else "none")
"""
)
"""`previous` takes the place of what runs; prints `none` where there is nothing to go back to."""

BOARD = "import os\nprint(open('board').read().strip() if 'board' in os.listdir() else '')"
"""Prints the board's name."""


def name_board(name: str) -> str:
    """Write the board's name."""
    return f"with open('board', 'w') as file:\n    file.write({name!r})\nprint('done')"
