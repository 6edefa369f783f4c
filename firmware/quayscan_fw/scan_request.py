"""What a SCAN may ask of a board."""

from quayscan_wire import faults, messages

from .refusal import Refused

READOUT_MS = 10
"""Added to each frame when the light's time is counted: reading out goes on while it is lit."""

MOST_DELAY_MS = 600000
"""Longest countdown: ten minutes."""

TARGETS = (100, 900)
"""Brightest place that may be asked for, in 1/1000 of the converter's range."""


def parse_scan(payload, config):
    """Fields of SCAN with the board's default power filled in.

    Raises
    ------
    ValueError
        The payload has a wrong length.
    Refused
        A value is out of the board's range; the text says which and the range.
    """
    return _fixed(messages.unpack_scan(payload), config)


def _fixed(asked, config):
    """Exposure and averages as they were asked, checked; the default power where none was."""
    _within("exposure_us", asked["exposure_us"], config.min_exposure_us, config.max_exposure_us)
    _within("averages", asked["averages"], 1, config.max_averages)
    if asked["light_power"]:
        _within("light_power", asked["light_power"], config.min_power, config.max_power)
    _within("flags", asked["flags"], 0, messages.FLAG_LIGHT_OFF)
    if not asked["flags"]:
        lit = light_ms(config, asked["exposure_us"], asked["averages"])
        _within("exposure_us x averages, in ms of light,", lit, 0, config.max_on_ms)
    asked["light_power"] = asked["light_power"] or config.default_power
    return asked


def parse_measure(payload, config):
    """Fields of MEASURE with the board's limits filled in where it names none.

    Raises
    ------
    ValueError
        The payload has a wrong length.
    Refused
        As `parse_scan` says.
    """
    asked = messages.unpack_measure(payload)
    _within("delay_ms", asked["delay_ms"], 0, MOST_DELAY_MS)
    if not asked["target"]:
        return _fixed(asked, config)
    if config.white_ms:
        raise Refused(faults.BAD_PAYLOAD, "this board measures its own white tile: give it exposure and averages")
    _within("target", asked["target"], *TARGETS)
    _within("budget_ms", asked["budget_ms"], 10 * READOUT_MS, 2 * config.max_on_ms)
    _within("exposure_us", asked["exposure_us"], 0, config.max_exposure_us)
    _within("averages", asked["averages"], 0, config.max_averages)
    if asked["light_power"]:
        _within("light_power", asked["light_power"], config.min_power, config.max_power)
    _within("flags", asked["flags"], 0, 0)
    asked["exposure_us"] = asked["exposure_us"] or config.max_exposure_us
    asked["averages"] = asked["averages"] or config.max_averages
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
