"""The device's key in flash: one page in the first sector. An unreadable one is none."""

import binascii
import struct

from quayscan_wire.trust import KEY_BYTES

SECTOR = 4096
PAGE = 256
MAGIC = b"QKEY"
_RECORD = "<4s%dsB" % KEY_BYTES
_RECORD_BYTES = struct.calcsize(_RECORD)


def read_key(flash):
    """The (key, flags) that lie there, (b"", 0) when there is none."""
    page = bytearray(_RECORD_BYTES + 4)
    flash.read_into(0, memoryview(page))
    magic, key, flags = struct.unpack_from(_RECORD, page, 0)
    whole = binascii.crc32(bytes(page[:_RECORD_BYTES])) == struct.unpack_from("<I", page, _RECORD_BYTES)[0]
    return (key, flags) if magic == MAGIC and whole else (b"", 0)


def write_key(flash, key, flags):
    """Put a key in the place of any other."""
    erase_key(flash)
    record = struct.pack(_RECORD, MAGIC, key, flags)
    record += struct.pack("<I", binascii.crc32(record))
    flash.write(0, record + b"\xff" * (PAGE - len(record)))


def erase_key(flash):
    """Leave no byte of a key."""
    flash.erase(0)
