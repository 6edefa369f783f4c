"""The InGaAs array of nir1700: 256 pixels with a timing generator of its own, as Hamamatsu's G920x series has.

The array gets a clock and RESET. It integrates while RESET is high; after its falling edge it puts out one pixel after
the other and marks each by a rising edge of AD_trig, which starts the converter: no count of clocks is assumed. The
clock of 64 x 8 cycles (244 kHz) is within the 0.1 to 5 MHz that such arrays take, and slow enough for the converter
whether a pixel lasts one clock or eight. Check polarity of RESET and the edge of AD_trig against the sheet of the part
that you buy. The output rises with light.
"""

import rp2
from machine import Pin

from .detector import Detector
from .pio_words import ADC_TRIGGERED, ARRAY_RESET, SQUARE_CLOCK
from .sampling import Sampling
from .state_machines import SYSTEM_HZ, program

CLOCK = 0
GATES = 1
"""State machines, both of PIO 0."""

CLOCK_DIVIDER = 8
SHORTEST_US = 10
OVERHEAD = 2


class ArrayGates:
    """Clock and RESET; the clock runs on from here."""

    def __init__(self, pins):
        self._pins = pins
        self._program = program(ARRAY_RESET, set_levels=(rp2.PIO.OUT_LOW,))
        clock = program(SQUARE_CLOCK, set_levels=(rp2.PIO.OUT_LOW,))
        hertz = SYSTEM_HZ // CLOCK_DIVIDER
        rp2.StateMachine(CLOCK, clock, freq=hertz, set_base=pins["array_clock"]).active(1)

    def prepare(self):
        """The state machine of RESET, at rest: low."""
        pins = self._pins
        machine = rp2.StateMachine(GATES, self._program, in_base=pins["array_clock"], set_base=pins["array_reset"])
        machine.active(1)
        return machine


def open_array(pins, pixels):
    """The array as a `Detector`."""
    Pin(pins["array_trigger"], Pin.IN)
    sampling = Sampling(ADC_TRIGGERED, pins, pixels)
    return Detector(ArrayGates(pins), sampling, pixels, 0, 0, OVERHEAD, SHORTEST_US)
