"""`RealResources`: a board on a bench of wood, and a rig board that holds its switches."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quayscan_hardware import load_board
from quayscan_hardware.bench import Bench
from quayscan_hardware.rig import RigController, RigError
from quayscan_hardware.rig.pico_controller import PicoController

from ..errors import RigFailed
from ..link import Link
from ..link.serial_link import SerialLink
from .resource import PLACE, PROVISION
from .spec import RigSpec

Ask = Callable[[str], None]
"""Tells a person what to do, and comes back when it is done."""

TITLES: Mapping[str, str] = {
    "dark": "the cap",
    "neon": "the neon lamp, lit",
    "calcium-carbonate": "calcite",
}


class RealResources:
    """A real rig, as its RIG.toml says.

    Raises
    ------
    RigFailed
        The rig board does not answer.
    """

    def __init__(self, spec: RigSpec, ask: Ask | None = None) -> None:
        self.name = spec.name
        self.board = load_board(spec.board)
        self.truth: Bench | None = None
        self.warm_up_s = spec.warm_up_s
        self._port = spec.port
        self._ask = ask if spec.place_by_hand else None
        self._placed = ""
        try:
            self.controller: RigController = PicoController(spec.controller)
        except RigError as exc:
            raise RigFailed(str(exc)) from exc
        hands = {PLACE} if self._ask is not None else set()
        self.abilities = self.controller.lines | hands | ({PROVISION} if spec.may_provision else set())

    def open_link(self) -> Link:
        """A new link to the board's port."""
        return SerialLink(self._port)

    def place(self, sample: str) -> None:
        """Ask for it, once."""
        if self._ask is not None and sample != self._placed:
            self._ask(f"Put {TITLES.get(sample, sample)} before the probe")
            self._placed = sample

    def break_parts(self, faults: Mapping[str, float]) -> None:
        """Parts of a real board are not broken by a message."""
        if faults:
            raise RigFailed("a real board's parts cannot be broken: run this case on the virtual bench")

    def heat(self, detector_c: float) -> None:
        """Nothing here heats a detector."""
        raise RigFailed("nothing on this rig heats a detector: run this case on the virtual bench")

    def close(self) -> None:
        """Leave the board safe."""
        self.controller.close()
