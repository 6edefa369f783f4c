"""A rig board whose pins are wires to the virtual bench: same program, same bytes to its host.

The socket (hardware/quayscan_hardware/rig/pin_server.py) is wiring, not protocol.
"""

import struct

from quayscan_fw.bench_wire import BenchWire
from quayscan_fw.link_stdio import open_link

_EDGE = "<BIBh"


class TwinBoard:
    """A rig board by the contract of rig_board.py, wired to the pin server at `host`:`port`."""

    def __init__(self, host, port, token):
        self._wire = BenchWire(host, port)
        self._clock = memoryview(bytearray(4))
        self._edge = memoryview(bytearray(struct.calcsize(_EDGE)))
        self._levels = memoryview(bytearray(3))
        self._wire.write(b"H" + token)
        self.uid = bytes(8)
        self.link = open_link()

    def ticks_us(self):
        return self._asked(b"T")

    def drive(self, line, value):
        return self._asked(b"S" + struct.pack("<Bh", line, value))

    def edge(self):
        self._wire.write(b"E")
        self._wire.read_into(self._edge)
        there, clock_us, line, value = struct.unpack(_EDGE, self._edge)
        return (clock_us, line, value) if there else None

    def enable(self):
        return self._read()[0]

    def photodiode(self):
        return self._read()[1]

    def _read(self):
        self._wire.write(b"R")
        self._wire.read_into(self._levels)
        return struct.unpack("<BH", self._levels)

    def _asked(self, data):
        self._wire.write(data)
        self._wire.read_into(self._clock)
        return struct.unpack("<I", self._clock)[0]
