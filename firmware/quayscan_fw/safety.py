"""The safety state machine: which state follows which event. It owns no pin and no clock.

Light may be on in EMITTING only, the indicator in WARNING and EMITTING. Whoever drives the pins turns the light off
first and reports second. FAULT is latched: only CLEAR leaves it. The first fault is the one that is kept.

    event              OFF     READY    WARNING  EMITTING  FAULT
    GOOD               READY   READY    WARNING  EMITTING  FAULT
    ARM                OFF     WARNING  WARNING  EMITTING  FAULT
    REFUSED            FAULT   FAULT    FAULT    FAULT     FAULT
    WARNED             OFF     READY    EMITTING EMITTING  FAULT
    DONE               OFF     READY    OFF      OFF       FAULT
    ABORT              OFF     READY    OFF      OFF       FAULT
    CLEAR              OFF     READY    WARNING  EMITTING  OFF
    KEY_OFF            OFF     OFF      FAULT    FAULT     FAULT
    INTERLOCK_OPEN     OFF     OFF      FAULT    FAULT     FAULT
    OVER_TEMPERATURE   OFF     OFF      FAULT    FAULT     FAULT
    ON_TIME            OFF     READY    FAULT    FAULT     FAULT
    INDICATOR_DARK     OFF     READY    FAULT    FAULT     FAULT
    LIGHT_MISMATCH     FAULT   FAULT    FAULT    FAULT     FAULT
    DETECTOR           FAULT   FAULT    FAULT    FAULT     FAULT
    PROGRAM            FAULT   FAULT    FAULT    FAULT     FAULT
    BURN_GUARD         FAULT   FAULT    FAULT    FAULT     FAULT
    HEARTBEAT_LOST     OFF     OFF      FAULT    FAULT     FAULT    HOSTED
    LINK_LOST          OFF     OFF      FAULT    FAULT     FAULT    HOSTED
    TRIGGER_RELEASED   OFF     OFF      FAULT    FAULT     FAULT    STANDALONE

GOOD: a fresh reading passed every check. ARM: a light is wanted. REFUSED: it was wanted and a check failed.
WARNED: the indicator was seen lit for the whole delay. DONE: the light frames are complete.
An event of the other arming mode changes nothing. HOSTED needs a heartbeat, of a host that proved the key if the board
has one. STANDALONE needs the trigger held, on a board provisioned for it: elsewhere, ARM in it changes nothing.
"""

from quayscan_wire import faults
from quayscan_wire.blob import HOSTED, STANDALONE
from quayscan_wire.states import EMITTING, FAULT, OFF, READY, WARNING

# Events: the safety faults by their codes, and below them what happens when all goes well.
GOOD = 1
ARM = 2
WARNED = 3
DONE = 4
ABORT = 5
CLEAR = 6
REFUSED = 7

_LATCH_WHEN_LIT = (OFF, OFF, FAULT, FAULT, FAULT)
_LATCH_ALWAYS = (FAULT, FAULT, FAULT, FAULT, FAULT)
_UNCHANGED = (OFF, READY, WARNING, EMITTING, FAULT)

TABLE = {
    GOOD: (READY, READY, WARNING, EMITTING, FAULT),
    ARM: (OFF, WARNING, WARNING, EMITTING, FAULT),
    REFUSED: _LATCH_ALWAYS,
    WARNED: (OFF, READY, EMITTING, EMITTING, FAULT),
    DONE: (OFF, READY, OFF, OFF, FAULT),
    ABORT: (OFF, READY, OFF, OFF, FAULT),
    CLEAR: (OFF, READY, WARNING, EMITTING, OFF),
    faults.KEY_OFF: _LATCH_WHEN_LIT,
    faults.INTERLOCK_OPEN: _LATCH_WHEN_LIT,
    faults.OVER_TEMPERATURE: _LATCH_WHEN_LIT,
    faults.ON_TIME: (OFF, READY, FAULT, FAULT, FAULT),
    faults.INDICATOR_DARK: (OFF, READY, FAULT, FAULT, FAULT),
    faults.LIGHT_MISMATCH: _LATCH_ALWAYS,
    faults.DETECTOR: _LATCH_ALWAYS,
    faults.PROGRAM: _LATCH_ALWAYS,
    faults.BURN_GUARD: _LATCH_ALWAYS,
}

MODE_TABLE = {
    HOSTED: {faults.HEARTBEAT_LOST: _LATCH_WHEN_LIT, faults.LINK_LOST: _LATCH_WHEN_LIT},
    STANDALONE: {faults.TRIGGER_RELEASED: _LATCH_WHEN_LIT},
}


def next_state(mode, state, event):
    """The state after `event`, as the table says; an event that the mode does not know changes nothing."""
    row = TABLE.get(event) or MODE_TABLE[mode].get(event, _UNCHANGED)
    return row[state]


class Safety:
    """The state and the latched fault.

    Attributes
    ----------
    state : a number of `quayscan_wire.states`. fault : the code that latched FAULT, 0 when none. mode : HOSTED or
    STANDALONE. standalone : whether STANDALONE may arm.
    """

    def __init__(self, mode=HOSTED, standalone=False):
        self.mode = mode
        self.standalone = standalone
        self.state = OFF
        self.fault = 0

    def handle(self, event, cause=0):
        """Take one event; gives the new state. `cause` is the code that REFUSED latches."""
        if event == ARM and self.mode == STANDALONE and not self.standalone:
            return self.state
        before = self.state
        self.state = next_state(self.mode, before, event)
        if self.state != FAULT:
            self.fault = 0
        elif before != FAULT:
            self.fault = cause or event
        return self.state
