"""`VirtualResources`: the device program before the virtual bench, and a controller around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from quayscan_hardware import load_board
from quayscan_hardware.bench import Bench, Conditions
from quayscan_hardware.board import Board
from quayscan_hardware.interpreter import Interpreter
from quayscan_hardware.rig import BenchController, RigController
from quayscan_hardware.rig.twin import TwinController
from quayscan_hardware.sim import SimFailed, SimUnsupported, VirtualBoard

from ..errors import SimUnavailable
from ..link import Link
from ..link.serial_link import SerialLink
from ..link.sim_link import firmware_path
from .resource import HEAT, PARTS, PLACE, PROVISION, TRUTH

STORE_SLOTS = 5
"""Places for exposures in the rig's virtual flash, one of which stays free: enough to fill it in a second."""

WARM_UP_S = 75.0
"""Of the bench's time: more than that in which its axis settles to 1/e."""

SECTOR = 4096
BYTES_A_PIXEL = 12
"""Of the three sums that a blob has at most."""


class VirtualResources:
    """A virtual rig.

    Parameters
    ----------
    board : what the instrument is; the definition of the same name says what it should be.
    seed : which instrument. speed : of frames. conditions : of the bench. firmware : folder of the device program.
    controller : "bench" for the bench's own lines, "pico" for the rig board's program before the same bench.

    Raises
    ------
    SimUnavailable
        This system cannot run a virtual board.
    """

    def __init__(
        self,
        board: Board | str,
        *,
        seed: int,
        speed: float = 1.0,
        conditions: Conditions | None = None,
        firmware: Path | None = None,
        controller: str = "bench",
        interpreter: Interpreter = "auto",
        sample: str = "",
    ) -> None:
        made = load_board(board) if isinstance(board, str) else board
        self.name = f"sim:{made.name}"
        self.board = load_board(made.name)
        try:
            self._virtual = VirtualBoard(
                _with_small_flash(made),
                sample,
                seed,
                speed,
                interpreter=interpreter,
                firmware_path=firmware or firmware_path(),
                conditions=conditions,
            )
        except (SimUnsupported, SimFailed) as exc:
            raise SimUnavailable(str(exc)) from exc
        self.truth: Bench | None = self._virtual.bench
        self.warm_up_s = WARM_UP_S / speed
        self.interpreter = self._virtual.interpreter
        self.controller: RigController = _controller(controller, self._virtual)
        self.abilities = self.controller.lines | {PLACE, TRUTH, PARTS, HEAT, PROVISION}

    def open_link(self) -> Link:
        """A link to the port that the board has now."""
        return SerialLink(self._virtual.port, name=self.name)

    def place(self, sample: str) -> None:
        """Put a sample or source before the probe."""
        self._virtual.bench.place(sample)

    def break_parts(self, faults: Mapping[str, float]) -> None:
        """What is wrong from the next power-up on."""
        self._virtual.bench.part_faults = dict(faults)

    def heat(self, detector_c: float) -> None:
        """Bring the detector to a temperature."""
        self._virtual.bench.detector_temp_c = detector_c

    def close(self) -> None:
        """End the controller, the device process and the bench."""
        self.controller.close()
        self._virtual.close()


def _with_small_flash(board: Board) -> Board:
    """The same board with room for few exposures."""
    slot = -(-(512 + BYTES_A_PIXEL * board.detector.pixels) // SECTOR) * SECTOR
    most = min(board.scan.flash_bytes, SECTOR + STORE_SLOTS * slot)
    return replace(board, scan=replace(board.scan, flash_bytes=most))


def _controller(kind: str, board: VirtualBoard) -> RigController:
    if kind == "bench":
        return BenchController(board)
    return TwinController(board, firmware_path())
