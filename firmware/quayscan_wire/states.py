"""Numbers in a STATUS answer: safety states, jobs and input bits."""

OFF = 0
READY = 1
WARNING = 2
EMITTING = 3
FAULT = 4

_NAMES = ("OFF", "READY", "WARNING", "EMITTING", "FAULT")

JOB_IDLE = 0
JOB_DARK = 1
JOB_WARNING = 2
JOB_LIGHT = 3
JOB_SETTLE = 4
JOB_WHITE = 5
JOB_DELAY = 6
JOB_PROBE = 7

INPUT_KEY = 1
INPUT_INTERLOCK = 2
INPUT_TRIGGER = 4
INPUT_INDICATOR = 8
INPUT_LIGHT = 16


def name(state):
    """Name of a safety state, `STATE_n` for one that this version does not know."""
    return _NAMES[state] if 0 <= state < len(_NAMES) else "STATE_%d" % state
