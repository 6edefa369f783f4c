"""The linear CCD of raman785: TCD1304 class, 3,648 pixels, driven by PIO.

Timing by the TCD1304DG data sheet (Toshiba), all at 125 MHz:

    master clock   0.8 to 4 MHz                    64 cycles: 1.953 MHz, 50 % duty; data rate a quarter of it
    t2             ICG low to SH high, 100..1000 ns    64 cycles: 512 ns
    t3             SH high, at least 1000 ns          192 cycles: 1536 ns
    t1             SH low to ICG high, >= 1000 ns      at least 576 cycles: 4608 ns (5000 typical)
    t4             master clock high to ICG high, >= 0 ns    3 cycles: 24 ns (20 typical)
    integration    SH low to SH low, >= 10 us         32 (n + 10) cycles

Electronic shutter: a pulse of SH with ICG high clears the photodiodes, the one with ICG low moves their charge to the
register, so the exposure is what lies between their falling edges, and the ICG period is one SH period by
construction. 3,694 elements come out, one in four master clocks: 32 dummies, the pixels, 14 dummies that nobody reads.
The output falls with light. The gate drivers between board and CCD do not invert.
"""

import rp2

from .detector import Detector
from .pio_words import ADC_FRAME, CCD_GATES, SQUARE_CLOCK
from .sampling import Sampling
from .state_machines import program

CLOCK = 0
GATES = 1
"""State machines, both of PIO 0."""

DUMMIES = 32
SHORTEST_US = 10
OVERHEAD = 10
FALLS_WITH_LIGHT = 0xFFFF


class CcdGates:
    """Master clock, SH and ICG; the clock runs on from here."""

    def __init__(self, pins):
        self._pins = pins
        self._program = program(CCD_GATES, set_levels=(rp2.PIO.OUT_LOW, rp2.PIO.OUT_HIGH))
        clock = program(SQUARE_CLOCK, set_levels=(rp2.PIO.OUT_LOW,))
        rp2.StateMachine(CLOCK, clock, set_base=pins["ccd_master_clock"]).active(1)

    def prepare(self):
        """The gates' state machine, at rest: SH low, ICG high."""
        pins = self._pins
        machine = rp2.StateMachine(
            GATES, self._program, in_base=pins["ccd_master_clock"], set_base=pins["ccd_shift_gate"]
        )
        machine.active(1)
        return machine


def open_ccd(pins, pixels):
    """The CCD as a `Detector`."""
    sampling = Sampling(ADC_FRAME, pins, DUMMIES + pixels)
    return Detector(CcdGates(pins), sampling, pixels, DUMMIES, FALLS_WITH_LIGHT, OVERHEAD, SHORTEST_US)
