"""What a host and a rig board say to each other: drive a line, play a sequence, tell events. See PROTOCOL.md.

The rig board holds the switches of a board under test and watches its light. Same frames, kinds of its own.
"""

import struct

from . import layout

DRIVE = 0x20
PLAY = 0x21
EVENTS = 0x22
READ = 0x23

INTERLOCK = 1
KEY = 2
TRIGGER = 3
POWER = 4
STIMULUS = 5
LIGHT_TEMP = 6
MARK = 7
ENABLE = 16
LIGHT = 17
INDICATOR = 18

DRIVEN = (INTERLOCK, KEY, TRIGGER, POWER, STIMULUS, LIGHT_TEMP, MARK)
BOARD = "rig"
"""Name of a rig board in its HELLO answer."""

MOST_STEPS = 100
MOST_EVENTS = 100
LONGEST_PLAY_US = 2000000

_DRIVE = "<Bh"
_STEP = "<IBh"
_EVENT = "<IBh"
_CLOCK = "<I"
_READ = "<IBH"
_TAKEN = "<I"
_HEAD = "<IH"
_STEP_BYTES = struct.calcsize(_STEP)


def pack_drive(line, value):
    """DRIVE: a line and its new value."""
    return struct.pack(_DRIVE, line, value)


def unpack_drive(payload):
    """Fields of DRIVE: line, value. Raises ValueError on a wrong length."""
    return layout.unpack(_DRIVE, ("line", "value"), payload, "DRIVE")


def pack_clock(clock_us):
    """DRIVE and PLAY answer: the rig board's clock when it was done; wraps at 2^32."""
    return struct.pack(_CLOCK, clock_us)


def unpack_clock(payload):
    """Fields of the answer: clock_us. Raises ValueError on a wrong length."""
    return layout.unpack(_CLOCK, ("clock_us",), payload, "clock")


def pack_play(steps):
    """PLAY: (after_us, line, value) one after the other; `after_us` counts from the step before.

    Raises
    ------
    ValueError
        They are too many or take too long.
    """
    if len(steps) > MOST_STEPS or sum([step[0] for step in steps]) > LONGEST_PLAY_US:
        raise ValueError("%d steps: at most %d in %d us" % (len(steps), MOST_STEPS, LONGEST_PLAY_US))
    return b"".join([struct.pack(_STEP, after_us, line, value) for after_us, line, value in steps])


def unpack_play(payload):
    """The steps of PLAY, a list of (after_us, line, value).

    Raises
    ------
    ValueError
        A wrong length, or they take too long.
    """
    if len(payload) % _STEP_BYTES or len(payload) > MOST_STEPS * _STEP_BYTES:
        raise ValueError("PLAY: %d bytes are no %d steps at most" % (len(payload), MOST_STEPS))
    steps = [struct.unpack_from(_STEP, payload, at) for at in range(0, len(payload), _STEP_BYTES)]
    if sum([step[0] for step in steps]) > LONGEST_PLAY_US:
        raise ValueError("PLAY: over %d us" % LONGEST_PLAY_US)
    return steps


def pack_events(taken):
    """EVENTS: how many events the host has already, since the rig board's HELLO."""
    return struct.pack(_TAKEN, taken)


def unpack_events(payload):
    """Fields of EVENTS: taken. Raises ValueError on a wrong length."""
    return layout.unpack(_TAKEN, ("taken",), payload, "EVENTS")


def pack_events_answer(first, left, events):
    """EVENTS answer: number of the first event told, how many follow later, and (clock_us, line, value) each."""
    head = struct.pack(_HEAD, first, left)
    return head + b"".join([struct.pack(_EVENT, clock_us, line, value) for clock_us, line, value in events])


def unpack_events_answer(payload):
    """Fields of the EVENTS answer: first, left, events. Raises ValueError on a wrong length."""
    fields, rest = layout.unpack_head(_HEAD, ("first", "left"), payload, "EVENTS answer")
    size = struct.calcsize(_EVENT)
    if len(rest) % size:
        raise ValueError("EVENTS answer: %d bytes are no whole events" % len(rest))
    fields["events"] = [struct.unpack_from(_EVENT, rest, at) for at in range(0, len(rest), size)]
    return fields


def pack_read_answer(clock_us, enable, photodiode):
    """READ answer: the clock, whether the board under test asks for light, what the photodiode sees (counts)."""
    return struct.pack(_READ, clock_us, enable, photodiode)


def unpack_read_answer(payload):
    """Fields of the READ answer: clock_us, enable, photodiode. Raises ValueError on a wrong length."""
    return layout.unpack(_READ, ("clock_us", "enable", "photodiode"), payload, "READ answer")
