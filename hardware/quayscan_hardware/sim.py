"""`VirtualBoard`: the real device program against the virtual bench, behind a port that pyserial opens."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from pathlib import Path
from typing import IO

from .bench import Bench, BenchServer, Conditions
from .board import Board
from .cable import Cable, open_raw_pty
from .impairment import CableOptions
from .interpreter import Interpreter, device_command, device_environment, find_micropython
from .samples import Sample, resolve_sample, sample_names
from .samples.near_infrared import NirSample
from .sim_errors import SimFailed, SimUnsupported

__all__ = [
    "SimFailed",
    "SimUnsupported",
    "VirtualBoard",
    "find_micropython",
    "resolve_sample",
    "sample_names",
]

START_TIMEOUT_S = 15.0
STOP_TIMEOUT_S = 2.0
STDERR_LINES = 200
PROGRAM = "quayscan_fw.bench_main"


class VirtualBoard:
    """A board that exists only here. Use it as a context manager, or call `close()`.

    The host's end of the pty is held open, so that a host may close the port and open it again; the device
    notices a silent host by its heartbeat. When the device process ends, the port's reader sees a hang-up.

    Parameters
    ----------
    board, sample, seed, speed, conditions : as `Bench` takes them.
    cable : None for a plain pty, or the options of a `Cable` to put in between.
    interpreter : "micropython", "cpython", or "auto" for MicroPython where there is one.
    flash : the file that plays the board's flash, made when missing; one of its own, gone after `close()`, by default.
    firmware_path : the folder that holds the packages quayscan_fw and quayscan_wire.

    Attributes
    ----------
    port : path for pyserial; a new one after `restart()`. bench : the `Bench`. process : the device process.
    cable : the `Cable`, or None. interpreter : "micropython" or "cpython", the one that runs.

    Raises
    ------
    SimUnsupported
        When the system has no pseudo-terminals, or "micropython" was asked for and there is none.
    SimFailed
        When the device program ends or stays silent instead of starting.
    ValueError
        When a board, sample or interpreter is not known.
    """

    def __init__(
        self,
        board: Board | str = "raman785",
        sample: Sample | NirSample | str = "",
        seed: int = 0,
        speed: float = 1.0,
        cable: CableOptions | None = None,
        interpreter: Interpreter = "auto",
        *,
        firmware_path: Path,
        conditions: Conditions | None = None,
        flash: Path | None = None,
    ) -> None:
        if not hasattr(os, "openpty"):
            raise SimUnsupported(
                f"a virtual board needs pseudo-terminals and {sys.platform} has none:"
                " use Linux or macOS, or a real port"
            )
        self.interpreter, self._command = device_command(interpreter)
        self.bench = Bench(board, sample, seed, speed, conditions)
        self.cable: Cable | None = None
        self.port = ""
        self._options = cable
        self._firmware_path = Path(firmware_path)
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._flash = flash
        self._slave = -1
        self._stderr: deque[str] = deque(maxlen=STDERR_LINES)
        self._reader: threading.Thread | None = None
        self.process: subprocess.Popen[str] | None = None
        self._server = BenchServer(self.bench)
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> VirtualBoard:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def stderr_tail(self) -> str:
        """The last lines that the device process wrote to stderr."""
        return "".join(list(self._stderr))

    def kill(self) -> None:
        """SIGKILL to the device process, and wait for its end: nothing of its own can turn the light off."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def restart(self) -> None:
        """End the device process, if it runs, and start a new one, on a new `port`, before the same bench."""
        self._stop()
        self._start()

    def close(self) -> None:
        """End the device process, the cable and the bench server. May be repeated."""
        self._stop()
        self._server.close()
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None

    def _start(self) -> None:
        device_fd = self._open_line()
        try:
            self.process = subprocess.Popen(
                [*self._command, "-m", PROGRAM, *self._server.address, str(self._flash_path())],
                stdin=device_fd,
                stdout=device_fd,
                stderr=subprocess.PIPE,
                env=device_environment(self._firmware_path),
                text=True,
                errors="replace",
                start_new_session=True,
            )
        finally:
            self._release(device_fd)
        assert self.process.stderr is not None
        self._reader = threading.Thread(target=self._drain, args=(self.process.stderr,), daemon=True)
        self._reader.start()
        self._await_start(self.process)

    def _flash_path(self) -> Path:
        if self._flash is not None:
            return self._flash.resolve()
        if self._scratch is None:
            self._scratch = tempfile.TemporaryDirectory(prefix="quayscan-flash-")
        return Path(self._scratch.name) / "flash.bin"

    def _open_line(self) -> int:
        """Open pty or cable; set `port`; the file descriptor for the device."""
        if self._options is not None:
            self.cable = Cable(self._options)
            self.port = self.cable.port
            return self.cable.device_fd
        master, self._slave, self.port = open_raw_pty()
        return master

    def _release(self, device_fd: int) -> None:
        if self.cable is not None:
            self.cable.release_device_fd()
        else:
            os.close(device_fd)

    def _drain(self, stream: IO[str]) -> None:
        with stream:
            self._stderr.extend(stream)

    def _await_start(self, process: subprocess.Popen[str]) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._server.connected.wait(0.01):
            if process.poll() is None and time.monotonic() < deadline:
                continue
            ended = f"ended with code {process.returncode}" if process.returncode is not None else "hung"
            said = self._said(process)
            raise SimFailed(
                f"the device program ({self.interpreter} -m {PROGRAM}, from {self._firmware_path}) {ended}"
                f" before it reached the bench: {said or self._server.last_error or 'it said nothing'}"
            )

    def _said(self, process: subprocess.Popen[str]) -> str:
        """What a failed program left on stderr and, as MicroPython does, on its line."""
        process.kill()
        process.wait()
        if self._reader is not None:
            self._reader.join()
        said = self.stderr_tail()
        if self._slave >= 0:
            os.set_blocking(self._slave, False)
            with contextlib.suppress(OSError):  # nothing was left there
                said += os.read(self._slave, 4096).decode("utf-8", "replace")
        return said.strip()

    def _stop(self) -> None:
        process, self.process = self.process, None
        self._hang_up()
        if process is not None:
            try:
                process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._reader is not None:
            self._reader.join()
            self._reader = None

    def _hang_up(self) -> None:
        """Take the host's end away: the program sees it, puts what waits into flash, and ends."""
        if self.cable is not None:
            self.cable.close()
            self.cable = None
        if self._slave >= 0:
            os.close(self._slave)
            self._slave = -1
