"""A detector by the contract of board.py: gates that take an exposure time, a converter that fills memory."""

from .copy_frame import copy_frame
from .state_machines import CYCLES_PER_US

LOOP_CYCLES = 32
"""Cycles of one round of the gates' exposure loop: 256 ns is the resolution of an exposure time."""


class Detector:
    """Puts gates and sampling together.

    Parameters
    ----------
    gates : an object whose prepare() gives a state machine that integrates once for each number in its FIFO, for
        LOOP_CYCLES * (number + `overhead`) cycles. sampling : a `Sampling`. pixels : of a frame.
    first : the sample of pixel 0. flip : 0xFFFF when the output falls with light, else 0.
    shortest_us : the detector's shortest integration time; a shorter exposure is made that long.
    """

    def __init__(self, gates, sampling, pixels, first, flip, overhead, shortest_us):
        self._gates = gates
        self._sampling = sampling
        self._pixels = pixels
        self._first = first
        self._flip = flip
        self._overhead = overhead
        self._least = -(-shortest_us * CYCLES_PER_US // LOOP_CYCLES) - overhead
        self._machine = gates.prepare()

    def start(self, exposure_us):
        """Begin to integrate; a frame that is under way is dropped."""
        if self._sampling.busy():
            self._machine = self._gates.prepare()
            self._sampling.prepare()
        self._sampling.start()
        self._machine.put(self.loops(exposure_us))

    def loops(self, exposure_us):
        """The number for the gates that comes nearest to an exposure time."""
        rounds = (exposure_us * CYCLES_PER_US + LOOP_CYCLES // 2) // LOOP_CYCLES
        return max(rounds - self._overhead, self._least)

    def ready(self):
        """Whether all samples of the frame are in memory."""
        return not self._sampling.busy()

    def read_into(self, buffer):
        """Copy the frame's pixels, u16 little-endian, to `buffer`."""
        copy_frame(self._sampling.data, self._first, buffer, self._pixels, self._flip)
