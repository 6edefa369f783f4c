"""Edges of the lines that are measured, with their microseconds: captured by interrupts, taken by the program."""

import array
import time

from machine import Pin

KEPT = 256


class Edges:
    """A ring of edges. The interrupt's handler takes no memory: three arrays that are made once.

    Parameters
    ----------
    lines : (line number, GPIO number) of each input.
    """

    def __init__(self, lines):
        self._ticks = array.array("I", [0] * KEPT)
        self._lines = bytearray(KEPT)
        self._levels = bytearray(KEPT)
        self._head = 0
        self._tail = 0
        self.lost = 0
        self._pins = [self._watch(line, number) for line, number in lines]

    def take(self):
        """The oldest edge, (ticks_us, line, level), or None."""
        tail = self._tail
        if tail == self._head:
            return None
        edge = (self._ticks[tail], self._lines[tail], self._levels[tail])
        self._tail = (tail + 1) % KEPT
        return edge

    def _watch(self, line, number):
        pin = Pin(number, Pin.IN, Pin.PULL_DOWN)

        def happened(pin):
            head = self._head
            following = (head + 1) % KEPT
            if following == self._tail:
                self.lost += 1
                return
            self._ticks[head] = time.ticks_us()  # pyright: ignore  # a plain number; the stubs hide it
            self._lines[head] = line
            self._levels[head] = pin.value()
            self._head = following

        pin.irq(happened, Pin.IRQ_RISING | Pin.IRQ_FALLING, hard=True)
        return pin
