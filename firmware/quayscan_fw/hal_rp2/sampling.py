"""From the converter to memory: a state machine samples, a DMA channel drains it. The processor only looks on.

The converter is of the ADS8860 class, 16 bits, 3-wire without busy indicator. Its timing (TI SBAS569B, 7.6): conversion
at most 710 ns, acquisition at least 290 ns, 1,000 ns between conversions, SCLK at most 66.6 MHz with 45 to 55 % duty,
first bit 12.3 ns after CONVST falls, each next one 13.4 ns after SCLK falls, quiet for 20 ns before CONVST rises.
The programs `adc_frame` and `adc_triggered` give it 720 ns high, 80 ns a bit, and sample a bit 24 ns after its edge at
the earliest (the input synchroniser takes two of the five cycles). Nothing here waits: who asks `complete` goes on.
"""

import rp2
from machine import Pin

from .state_machines import program

CONVERTER = 4
"""State machine of the converter: the first of PIO 1, so that its program has room of its own."""

_TREQ_PIO1_RX0 = 12
"""Transfer request of that state machine's FIFO (RP2040 datasheet, table 120)."""

_HALFWORD = 1


class Sampling:
    """Frames of `samples` u16 in `data`, which is taken once.

    Parameters
    ----------
    source : ADC_FRAME or ADC_TRIGGERED of pio_words. pins : GPIO numbers by name.
    """

    def __init__(self, source, pins, samples):
        low = (rp2.PIO.OUT_LOW, rp2.PIO.OUT_LOW)
        self._program = program(source, side_levels=low)
        self._pins = pins
        Pin(pins["adc_data"], Pin.IN)
        self._samples = samples
        self.data = bytearray(2 * samples)
        self._dma = rp2.DMA()
        self.prepare()
        control = self._dma.pack_ctrl(size=_HALFWORD, inc_read=False, inc_write=True, treq_sel=_TREQ_PIO1_RX0)
        self._dma.config(read=self._machine, ctrl=control)

    def prepare(self):
        """Forget a frame that is under way; the converter waits for the next."""
        self._dma.active(0)
        pins = self._pins
        self._machine = rp2.StateMachine(
            CONVERTER, self._program, in_base=pins["adc_data"], sideset_base=pins["adc_clock"]
        )
        self._machine.active(1)

    def start(self):
        """Have the next frame sampled as soon as the detector shows its first pixel."""
        # by attributes, which take no memory; the stubs leave them out
        self._dma.write = self.data  # pyright: ignore[reportAttributeAccessIssue]
        self._dma.count = self._samples  # pyright: ignore[reportAttributeAccessIssue]
        self._dma.active(1)
        self._machine.put(self._samples - 1)

    def busy(self):
        """Whether samples of the frame that was started are still to come."""
        return self._dma.active()
