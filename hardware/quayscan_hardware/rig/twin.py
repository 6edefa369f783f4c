"""The rig board's own program, run here, with its pins wired to the virtual bench and a pty as its USB port."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

from ..cable import open_raw_pty
from ..interpreter import Interpreter, device_command, device_environment
from ..sim import VirtualBoard
from .controller import Event
from .pico_controller import PicoController
from .pin_server import PinServer

PROGRAM = "quayscan_rig.twin_main"
STOP_S = 3.0


class RigTwin:
    """A rig board that exists only here, around a virtual board.

    Attributes
    ----------
    port : path for pyserial. interpreter : the one that runs. pins : the wires to the bench.
    """

    def __init__(self, board: VirtualBoard, firmware_path: Path, interpreter: Interpreter = "auto") -> None:
        self.interpreter, command = device_command(interpreter)
        self.pins = PinServer(board)
        master, self._slave, self.port = open_raw_pty()
        try:
            self._process = subprocess.Popen(
                [*command, "-m", PROGRAM, *self.pins.address],
                stdin=master,
                stdout=master,
                env=device_environment(firmware_path),
                start_new_session=True,
            )
        except BaseException:
            os.close(self._slave)
            self.pins.close()
            raise
        finally:
            os.close(master)

    def close(self) -> None:
        """Hang up and end the program. May be repeated."""
        if self._slave < 0:
            return
        os.close(self._slave)
        self._slave = -1
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.pins.close()


class TwinController(PicoController):
    """The driver of a rig board at the port of its twin, which it starts and ends.

    The times are the rig board's; latencies are judged by the bench's loop clock at those times.
    """

    def __init__(self, board: VirtualBoard, firmware_path: Path, interpreter: Interpreter = "auto") -> None:
        self._twin = RigTwin(board, firmware_path, interpreter)
        self._lines = board.bench.lines
        try:
            super().__init__(self._twin.port, shared_cpu=True)
        except BaseException:
            self._twin.close()
            raise

    def events(self) -> list[Event]:
        """As the rig board tells them."""
        return [replace(event, at_us=self.at_us(event.wall_us)) for event in super().events()]

    def at_us(self, wall_us: int) -> int:
        """The loop's clock at a time of the rig board's."""
        return round(1e6 * self._lines.loop_at(self._twin.pins.started_s + 1e-6 * wall_us))

    def close(self) -> None:
        """Leave the lines safe, and end the program."""
        super().close()
        self._twin.close()
