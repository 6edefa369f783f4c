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


class TwinController(PicoController):
    """The driver of a rig board, at the port of a program that it starts and ends.

    The times are the rig board's; latencies are judged by the bench's loop clock at those times.
    """

    def __init__(self, board: VirtualBoard, firmware_path: Path, interpreter: Interpreter = "auto") -> None:
        self.interpreter, command = device_command(interpreter)
        self._pins = PinServer(board)
        self._lines = board.bench.lines
        master, self._slave, port = open_raw_pty()
        try:
            self.process = subprocess.Popen(
                [*command, "-m", PROGRAM, *self._pins.address],
                stdin=master,
                stdout=master,
                env=device_environment(firmware_path),
                start_new_session=True,
            )
            os.close(master)
            super().__init__(port, shared_cpu=True)
        except BaseException:
            self._end()
            raise

    def events(self) -> list[Event]:
        """As the rig board tells them."""
        return [replace(event, at_us=self.at_us(event.wall_us)) for event in super().events()]

    def at_us(self, wall_us: int) -> int:
        """The loop's clock at a time of the rig board's."""
        return round(1e6 * self._lines.loop_at(self._pins.started_s + 1e-6 * wall_us))

    def close(self) -> None:
        """Leave the lines safe, and end the program."""
        super().close()
        self._end()

    def _end(self) -> None:
        if self._slave < 0:
            return
        os.close(self._slave)
        self._slave = -1
        process = getattr(self, "process", None)
        if process is not None:
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._pins.close()
