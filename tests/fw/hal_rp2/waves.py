"""Run what a state machine was loaded with, cycle by cycle, in pioemu; and what is wired to its pins."""

import math
from collections import deque

from pioemu import State, emulate

CYCLE_NS = 8.0
SYNCHRONISER = 2
"""Cycles that an input takes to reach the state machine (RP2040 datasheet, 3.5.6.3)."""


def level_at(edges, cycle):
    """The level of a pin at `cycle`; `edges` are (cycle, level), ascending."""
    level = edges[0][1]
    for at, new in edges:
        if at > cycle:
            break
        level = new
    return level


class Clock:
    """A square wave as `square_clock` makes it: `high` cycles high, `low` cycles low, from cycle `start` on."""

    def __init__(self, high, low, start=0):
        self.high, self.low, self.start = high, low, start

    def __call__(self, cycle):
        return int((cycle - self.start) % (self.high + self.low) < self.high)

    def next_rise(self, cycle):
        """The first rising edge at or after `cycle`."""
        period = self.high + self.low
        return cycle + (self.start - cycle) % period


class Run:
    """One state machine at work.

    Parameters
    ----------
    machine : as the fake chip keeps it. inputs : GPIO number -> function of the cycle, the level outside the chip.

    Attributes
    ----------
    edges : GPIO number -> list of (cycle, level) as driven. pushed : what went to the receiving FIFO.
    """

    def __init__(self, machine, inputs):
        data, _, _, execctrl, shiftctrl, _, set_levels, side_levels = machine.program
        self._words = list(data)
        self._wraps = {"wrap_target": execctrl >> 7 & 31, "wrap_top": execctrl >> 12 & 31}
        self._push = {"auto_push": bool(shiftctrl >> 16 & 1), "push_threshold": shiftctrl >> 20 & 31 or 32}
        self._inputs = inputs
        self._machine = machine
        self.pushed = []
        self.edges = {}
        for base, levels in ((machine.set_base, set_levels), (machine.side_base, side_levels)):
            for i, level in enumerate(levels or ()):
                self.edges[base + i] = [(0, level & 1)]
        self._pins = {
            "set_base": machine.set_base or 0,
            "set_count": len(set_levels or ()),
            "side_set_base": machine.side_base or 0,
            "side_set_count": len(side_levels or ()),
        }

    def go(self, most_cycles):
        """Run until the FIFO is empty and the machine waits for more, or `most_cycles` have passed."""
        directions = sum(1 << pin for pin in self.edges)
        values = sum(edges[0][1] << pin for pin, edges in self.edges.items())
        fifo = deque(self._machine.fifo)
        state = State(transmit_fifo=fifo, pin_directions=directions, pin_values=values)
        steps = emulate(
            self._words,
            stop_when=lambda word, now: now.clock > most_cycles or (word & 0xE0A0 == 0x80A0 and not now.transmit_fifo),
            initial_state=state,
            input_source=self._read,
            shift_isr_right=False,
            **self._wraps,
            **self._push,
            **self._pins,
        )
        for before, after in steps:
            self._note(before.clock, after.pin_values)
            while after.receive_fifo:
                self.pushed.append(after.receive_fifo.popleft())
        return self

    def _note(self, cycle, values):
        for pin, edges in self.edges.items():
            level = values >> pin & 1
            if level != edges[-1][1]:
                edges.append((cycle, level))

    def _read(self, state: State) -> int:
        """All inputs as the state machine sees them, turned so that `in_base` is pin 0 for it."""
        seen = 0
        base = self._machine.in_base or 0
        for pin, level in self._inputs.items():
            seen |= level(state.clock - SYNCHRONISER) << ((pin - base) % 32)
        return seen


class Converter:
    """An ADS8860 in 3-wire mode: samples at CONVST's rising edge, puts bits out as the data sheet says at the latest.

    While a bit is not valid yet, its opposite is there. `analog(cycle)` is the voltage in counts at a cycle.
    """

    FIRST_BIT_NS = 12.3
    NEXT_BIT_NS = 13.4

    def __init__(self, analog):
        self._analog = analog
        self._bits = [(-1, 0)]
        self._seen = {}
        self._value = self._bit = 0
        self.sampled = []

    def wire(self, run, clock, convert):
        """Listen to the pins that `run` drives; gives what DOUT is as a function of the cycle."""

        def dout(cycle):
            self._follow(run.edges[clock], run.edges[convert])
            return level_at(self._bits[-4:], cycle)

        return dout

    def _follow(self, clock, convert):
        events = [(*edge, "clock") for edge in clock[self._seen.get("clock", 1) :]]
        events += [(*edge, "convert") for edge in convert[self._seen.get("convert", 1) :]]
        self._seen = {"clock": len(clock), "convert": len(convert)}
        for cycle, level, pin in sorted(events):
            if pin == "convert" and level:
                self._value = self._analog(cycle)
                self.sampled.append(cycle)
            elif pin == "convert":
                self._bit = 15
                self._show(cycle, self.FIRST_BIT_NS)
            elif not level and self._bit:
                self._bit -= 1
                self._show(cycle, self.NEXT_BIT_NS)

    def _show(self, cycle, delay_ns):
        bit = self._value >> self._bit & 1
        self._bits.append((cycle, 1 - bit))
        self._bits.append((cycle + math.ceil(delay_ns / CYCLE_NS), bit))
