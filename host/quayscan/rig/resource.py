"""What a rig is made of: a board under test, a controller around it, and who puts things before the probe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from quayscan_hardware.bench import Bench
from quayscan_hardware.board import Board
from quayscan_hardware.rig import RigController

from ..link import Link

PLACE, TRUTH, PARTS, HEAT, PROVISION = "place", "truth", "parts", "heat", "provision"
"""Abilities beside the controller's lines: samples can be placed; the frames that the detector gave are known; parts of
the board can be broken; the detector can be heated; the board may be given keys."""


class Resources(Protocol):
    """The things of one rig.

    Attributes
    ----------
    name : as the user called it. board : the definition of the board under test, by which it is judged.
    controller : drives switches and sees the light. abilities : the controller's lines, and those of this module.
    truth : the virtual bench, which knows every frame; None on a real board. warm_up_s : how long to watch it warm up.
    """

    name: str
    board: Board
    controller: RigController
    abilities: frozenset[str]
    truth: Bench | None
    warm_up_s: float

    def open_link(self) -> Link:
        """A new link to the board, which has power."""

    def place(self, sample: str) -> None:
        """Put a sample or source before the probe."""

    def break_parts(self, faults: Mapping[str, float]) -> None:
        """What is wrong with the board's parts from its next power-up on."""

    def heat(self, detector_c: float) -> None:
        """Bring the detector to a temperature."""

    def close(self) -> None:
        """Leave the board safe and let go of everything. May be repeated."""
