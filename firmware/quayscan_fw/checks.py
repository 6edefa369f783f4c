"""The checks that a reading must pass, in order of gravity. Pure: readings and times come in, a code goes out."""

from quayscan_wire import faults, states
from quayscan_wire.blob import HOSTED

SETTLE_MS = 20
"""After a change, how long the indicator may take to follow it."""

_MOST_COUNTS = 0xFFFF


def inputs_breach(config, reading):
    """What forbids any light now, by key, interlock and temperatures: a fault code, 0 when nothing does."""
    if not reading.flags & states.INPUT_KEY:
        return faults.KEY_OFF
    if not reading.flags & states.INPUT_INTERLOCK:
        return faults.INTERLOCK_OPEN
    if not config.detector_temp[0] <= reading.detector_temp <= config.detector_temp[1]:
        return faults.OVER_TEMPERATURE
    if not config.light_temp[0] <= reading.light_temp <= config.light_temp[1]:
        return faults.OVER_TEMPERATURE
    return 0


def light_band(config, power):
    """The (least, most) photodiode counts that light of `power` (0.1 mW) may give, by the board's tolerance.

    A board that does not know its counts a milliwatt asks for any light.
    """
    if not config.photodiode_mw:
        return config.photodiode_on, _MOST_COUNTS
    nominal = power * config.photodiode_mw // 10
    off = nominal * config.photodiode_percent // 100
    return max(config.photodiode_on, nominal - off), nominal + off + config.photodiode_on


def light_breach(config, reading, emitting, least, most):
    """LIGHT_MISMATCH when the photodiode contradicts what was asked for, else 0. Ask once it had time to follow.

    `least` and `most` are those of `light_band`; without light, none may be seen.
    """
    seen = reading.photodiode
    if emitting:
        return 0 if least <= seen <= most else faults.LIGHT_MISMATCH
    return faults.LIGHT_MISMATCH if seen >= config.photodiode_on else 0


def presence_breach(reading, mode, attended):
    """What forbids light because nobody attends: no fresh heartbeat in HOSTED, no trigger in STANDALONE."""
    if mode == HOSTED:
        return 0 if attended else faults.HEARTBEAT_LOST
    return 0 if reading.flags & states.INPUT_TRIGGER else faults.TRIGGER_RELEASED


def emission_breach(config, reading, mode, state, state_ms):
    """What forbids light to stay on: a dark indicator, or too long an emission. `state_ms` is the state's age."""
    lit = reading.flags & states.INPUT_INDICATOR
    if state == states.WARNING:
        return 0 if lit or state_ms < min(SETTLE_MS, config.warning_ms) else faults.INDICATOR_DARK
    if state != states.EMITTING:
        return 0
    if not lit:
        return faults.INDICATOR_DARK
    limit = config.max_on_ms if mode == HOSTED else config.standalone_max_on_ms
    return faults.ON_TIME if state_ms > limit else 0
