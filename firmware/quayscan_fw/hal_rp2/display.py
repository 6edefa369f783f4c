"""An SSD1306 with 128 x 64 dots on I2C. Source: Solomon Systech SSD1306 rev 1.1, chapters 9 and 10, table 9-1.

`frame` is a framebuf in memory; `show_page` sends one of its eight pages, so that whoever draws can go on with other
things in between: a page takes 3 ms at 400 kHz, all of them 25.
"""

import framebuf
from machine import I2C, Pin

WIDTH = 128
HEIGHT = 64
PAGES = HEIGHT // 8
BUS = 0
BUS_HZ = 400000
ADDRESS = 0x3C

_COMMAND = 0x00
_DATA = 0x40
_SET_UP = bytes(
    (
        0xAE,  # off
        0x20, 0x02,  # page addressing
        0xA8, 0x3F,  # 64 rows
        0xD3, 0x00,  # no offset
        0x40,  # start at row 0
        0xA1, 0xC8,  # the connector above
        0xDA, 0x12,  # alternating COM pins
        0x81, 0x7F,  # contrast
        0xA4, 0xA6,  # show memory, not inverted
        0xD5, 0x80,  # oscillator
        0x8D, 0x14,  # charge pump on
        0xAF,  # on
    )
)  # fmt: skip


class Display:
    """The display, dark at first. One that is missing or broken is left out: it decides nothing.

    Attributes
    ----------
    frame : framebuf.FrameBuffer to draw into. works : whether the display answered.
    """

    def __init__(self, pins):
        self._bus = I2C(BUS, sda=Pin(pins["display_data"]), scl=Pin(pins["display_clock"]), freq=BUS_HZ)
        self._memory = bytearray(WIDTH * PAGES)
        self.frame = framebuf.FrameBuffer(self._memory, WIDTH, HEIGHT, framebuf.MONO_VLSB)
        view = memoryview(self._memory)
        self._page = [view[WIDTH * page : WIDTH * (page + 1)] for page in range(PAGES)]
        self._head = bytearray((_COMMAND, 0, 0x00, 0x10))
        self._row = bytearray(1 + WIDTH)
        self._row[0] = _DATA
        self._dots = memoryview(self._row)[1:]
        self.works = True
        self._send(bytes((_COMMAND,)) + _SET_UP)
        for page in range(PAGES):
            self.show_page(page)

    def show_page(self, page):
        """Send one page of `frame`."""
        self._head[1] = 0xB0 | page
        self._dots[:] = self._page[page]
        self._send(self._head)
        self._send(self._row)

    def _send(self, data):
        if self.works:
            try:
                self._bus.writeto(ADDRESS, data)
            except OSError:
                self.works = False
