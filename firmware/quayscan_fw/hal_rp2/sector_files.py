"""Flash by the contract of board.py, on the file system of the stock image: a file a sector.

The stock image gives all of its flash to littlefs, which keeps a file as it was until it is closed: a power cut loses
at most what was written since. A sector that has no file is blank. The pages of a sector are gathered in memory and
put away with its first page, so that a head is there before what follows it, with its last one, before anything is
read, and before another sector is written.
"""

import os

from .wipe import wipe_keys

STORE_FOLDER = "/store"
SECTOR = 4096
PAGE = 256
KEY_SECTOR = 0
_NONE = -1


class SectorFiles:
    """`size` bytes as files in `folder`, which is made when it is missing.

    `raw` is the `rp2.Flash` below the file system, so that an erased key is gone there too; None where there is none.
    """

    def __init__(self, folder, size, raw=None):
        self.size = size
        self._raw = raw
        self._folder = folder
        self._held = _NONE
        self._bytes = memoryview(bytearray(SECTOR))
        self._dirty = False
        try:
            os.mkdir(folder)
        except OSError:
            pass  # it is there

    def read_into(self, at, view):
        """Fill `view` from `at` on."""
        self._put_away()
        done = 0
        while done < len(view):
            offset = (at + done) % SECTOR
            n = min(SECTOR - offset, len(view) - done)
            self._hold((at + done) // SECTOR)
            view[done : done + n] = self._bytes[offset : offset + n]
            done += n

    def erase(self, at):
        """Make the sector at `at` blank."""
        sector = at // SECTOR
        if sector == KEY_SECTOR and self._raw is not None:
            wipe_keys(self._raw)
        if self._held == sector:
            self._held = _NONE
            self._dirty = False
        try:
            os.remove(self._path(sector))
        except OSError:
            pass  # blank already

    def write(self, at, data):
        """Clear the bits that `data` has clear: whole pages at whole pages."""
        for start in range(0, len(data), PAGE):
            self._hold((at + start) // SECTOR)
            offset = (at + start) % SECTOR
            for i in range(PAGE):
                self._bytes[offset + i] &= data[start + i]
            self._dirty = True
            if offset in (0, SECTOR - PAGE):
                self._put_away()

    def _hold(self, sector):
        if sector == self._held:
            return
        self._put_away()
        self._held = sector
        n = 0
        try:
            with open(self._path(sector), "rb") as file:
                n = file.readinto(self._bytes)
        except OSError:
            pass  # blank
        for i in range(n, SECTOR):
            self._bytes[i] = 0xFF

    def _put_away(self):
        if self._dirty:
            with open(self._path(self._held), "wb") as file:
                file.write(self._bytes)
            self._dirty = False

    def _path(self, sector):
        return "%s/%03d" % (self._folder, sector)
