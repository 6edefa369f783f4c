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
        light_ms = (asked["exposure_us"] // 1000 + READOUT_MS) * asked["averages"]
        _within("exposure_us x averages, in ms of light,", light_ms, 0, config.max_on_ms)
    asked["light_power"] = asked["light_power"] or config.default_power
    return asked


def _within(name, value, low, high):
    if not low <= value <= high:
        raise Refused(faults.BAD_PAYLOAD, "%s is %d, allowed are %d to %d" % (name, value, low, high))
