"""Lines of a controller as `quayscan_wire.rig` numbers them, and their values as it counts them."""

from __future__ import annotations

from collections.abc import Mapping

from quayscan_wire import rig as wire

from .controller import (
    ENABLE,
    INDICATOR,
    INTERLOCK,
    KEY,
    LIGHT,
    LIGHT_TEMP,
    MARK,
    POWER,
    STIMULUS,
    TRIGGER,
)

NUMBERS: Mapping[str, int] = {
    INTERLOCK: wire.INTERLOCK,
    KEY: wire.KEY,
    TRIGGER: wire.TRIGGER,
    POWER: wire.POWER,
    STIMULUS: wire.STIMULUS,
    LIGHT_TEMP: wire.LIGHT_TEMP,
    MARK: wire.MARK,
    ENABLE: wire.ENABLE,
    LIGHT: wire.LIGHT,
    INDICATOR: wire.INDICATOR,
}
NAMES: Mapping[int, str] = {number: name for name, number in NUMBERS.items()}
UNITS: Mapping[str, int] = {STIMULUS: 1000, LIGHT_TEMP: 100}
"""Steps on the wire in one of a line's own units; switches have 1."""


def to_wire(line: str, value: float) -> int:
    """The value as it travels."""
    return round(value * UNITS.get(line, 1))


def from_wire(line: str, value: int) -> float:
    """The value in the line's own unit."""
    return value / UNITS.get(line, 1)
