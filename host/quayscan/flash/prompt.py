"""The device's MicroPython prompt, through mpremote (MIT): scripts and files."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from pathlib import Path

from ..errors import FlashFailed, UsageError
from .image import EXTRA

COMMAND_S = 120.0
"""How long one command may take: all files of an image over a slow line."""

TRY_S = 5.0
"""How long one question waits: asked while a device starts, it may be lost."""

RETRY_S = 0.3
STRAP = "close the maintenance strap, power the device up anew, and try again"


class Prompt:
    """The prompt at a port.

    Raises
    ------
    UsageError
        There is no mpremote.
    """

    def __init__(self, port: str) -> None:
        if importlib.util.find_spec("mpremote") is None:
            raise UsageError(f"reaching a device's prompt needs mpremote: {EXTRA}")
        self.port = port

    def wait(self, seconds: float) -> None:
        """Come back when the prompt answers.

        Raises
        ------
        FlashFailed
            It does not within `seconds`.
        """
        deadline = time.monotonic() + seconds
        while True:
            try:
                if self.run("print('here')", timeout_s=TRY_S) == "here":
                    return
            except FlashFailed:
                if time.monotonic() > deadline:
                    raise
            time.sleep(RETRY_S)

    def run(self, script: str, timeout_s: float = COMMAND_S) -> str:
        """What a script prints, without the line's end.

        Raises
        ------
        FlashFailed
            It fails, or the prompt does not answer.
        """
        return self._command("exec", script, timeout_s=timeout_s).strip()

    def copy(self, folder: Path, target: str) -> None:
        """Put all that a folder has into the folder `target`, which is there.

        Raises
        ------
        FlashFailed
            It cannot be written.
        """
        self._command("fs", "cp", "-r", *map(str, sorted(folder.iterdir())), f":{target}/", timeout_s=COMMAND_S)

    def reset(self) -> None:
        """Start the device anew, as power-up does."""
        self._command("exec", "--no-follow", "import machine\nmachine.reset()", timeout_s=COMMAND_S)

    def _command(self, *words: str, timeout_s: float) -> str:
        command = [sys.executable, "-m", "mpremote", "connect", self.port, "resume", *words]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=timeout_s, check=False)
        except subprocess.TimeoutExpired as exc:
            raise FlashFailed(f"{self.port}: the prompt gave no answer in {timeout_s:.0f} s: {STRAP}") from exc
        if done.returncode:
            said = (done.stderr.strip() or done.stdout.strip()).splitlines() or ["it said nothing"]
            raise FlashFailed(f"{self.port}: {said[-1]}: {STRAP}")
        return done.stdout
