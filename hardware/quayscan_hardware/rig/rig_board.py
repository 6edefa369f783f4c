"""The rig board's definition, read from `rig_board.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """One wire of the rig board: its GPIO, where it ends, what is between, and which side drives it."""

    pin: int
    to: str
    part: str
    drives: bool


def rig_wires() -> Mapping[str, Wire]:
    """Each wire by its line, in the order of the definition."""
    text = files("quayscan_hardware.rig").joinpath("rig_board.toml").read_text(encoding="utf-8")
    return {name: Wire(**wire) for name, wire in tomllib.loads(text)["lines"].items()}
