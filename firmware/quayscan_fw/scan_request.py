"""What a SCAN may ask of a board."""

from quayscan_wire import faults, messages

from .refusal import Refused

READOUT_MS = 10
"""Added to each frame when the light's time is counted: reading out goes on while it is lit."""


def parse_scan(payload, config):
    """Fields of SCAN with the board's default power filled in.

    Raises
    ------
    ValueError
        The payload has a wrong length.
    Refused
        A value is out of the board's range; the text says which and the range.
    """
    asked = messages.unpack_scan(payload)
    _within("exposure_us", asked["exposure_us"], 1, config.max_exposure_us)
    _within("averages", asked["averages"], 1, config.max_averages)
    _within("light_power", asked["light_power"], 0, config.max_power)
    _within("flags", asked["flags"], 0, messages.FLAG_LIGHT_OFF)
    if not asked["flags"]:
        lit = light_ms(config, asked["exposure_us"], asked["averages"])
        _within("exposure_us x averages, in ms of light,", lit, 0, config.max_on_ms)
    asked["light_power"] = asked["light_power"] or config.default_power
    return asked


def light_ms(config, exposure_us, averages):
    """How long the light is on for such an exposure: the white frames count, and the waiting for lamp and tile."""
    frame_ms = exposure_us // 1000 + READOUT_MS
    if not config.white_ms:
        return config.warmup_ms + frame_ms * averages
    return max(config.warmup_ms, config.white_ms) + config.white_ms + 2 * frame_ms * averages


def most_averages(config, exposure_us, limit_ms):
    """How many frames of that exposure fit into `limit_ms` of light; at least one."""
    waiting = light_ms(config, exposure_us, 0)
    return max(1, (limit_ms - waiting) // (light_ms(config, exposure_us, 1) - waiting))


def _within(name, value, low, high):
    if not low <= value <= high:
        raise Refused(faults.BAD_PAYLOAD, "%s is %d, allowed are %d to %d" % (name, value, low, high))
