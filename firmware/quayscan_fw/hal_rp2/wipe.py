"""Key records in the raw flash, wherever the file system has left them.

littlefs takes the blocks of a removed file off its books and erases them when it needs them, so a prompt could still
read a key there. Flash clears bits without an erase: whatever block begins as a key record does gets zeros over it. A
file keeps its blocks meanwhile, and a power cut between this and its removal leaves a record that is none.
"""

from ..key_record import MAGIC, PAGE

_BLOCK_COUNT = 4
"""ioctl of MicroPython's block devices."""


def wipe_keys(flash):
    """Put zeros over each key record in `flash`, the `rp2.Flash` below the file system."""
    head = bytearray(len(MAGIC))
    for block in range(flash.ioctl(_BLOCK_COUNT, 0)):
        flash.readblocks(block, head, 0)
        if head == MAGIC:
            flash.writeblocks(block, bytes(PAGE), 0)
