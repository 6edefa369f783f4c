"""A board behind a pty: its files are a folder, its prompt a real MicroPython, its program the image that lies there.

Raw REPL as MicroPython's documentation has it ("Raw mode", "Raw-paste mode"); a window as large as any script.
"""

from __future__ import annotations

import contextlib
import os
import select
import struct
import subprocess
import threading
import tty
from pathlib import Path

from quayscan_hardware.bench import Bench, BenchServer

BANNER = b"raw REPL; CTRL-B to exit\r\n>"
PASTE = b"\x05A\x01"
WINDOW = b"R\x01\xff\xff"


class Twin:
    """Boots when made. `spoil` changes bytes of each script that comes, as a bad line does."""

    def __init__(self, micropython: str, folder: Path) -> None:
        self.folder = folder
        self.boots = 0
        self.spoil = lambda script: script
        self._micropython = micropython
        self._server = BenchServer(Bench(seed=9))
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.port = os.ttyname(self._slave)
        self._closing = False
        self._program: subprocess.Popen[bytes] | None = None
        self._prompt: subprocess.Popen[bytes] | None = None
        self._inner = -1
        self._held = b""
        self._raw = self._pasting = False
        self._boot()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def __enter__(self) -> Twin:
        return self

    def __exit__(self, *exc: object) -> None:
        self._closing = True
        self._thread.join()
        self._end_program()
        self._end_prompt()
        self._server.close()
        os.close(self._master)
        os.close(self._slave)

    def files(self) -> dict[str, bytes]:
        """The image that would run."""
        parts = ("quayscan_fw", "quayscan_wire", "boot.py", "main.py")
        found = [path for path in self.folder.rglob("*") if path.is_file()]
        names = {path.relative_to(self.folder).as_posix(): path for path in found}
        return {name: path.read_bytes() for name, path in names.items() if name.split("/")[0] in parts}

    def _boot(self) -> None:
        """Start the program, if there is one."""
        self.boots += 1
        self._raw = False
        self._end_prompt()
        if not self.folder.joinpath("main.py").exists():
            return
        self._inner, device = os.openpty()
        tty.setraw(device)
        command = [self._micropython, "-X", "heapsize=192k", "-m", "quayscan_fw.bench_main", *self._server.address]
        self._program = subprocess.Popen(
            command,
            stdin=device,
            stdout=device,
            stderr=subprocess.DEVNULL,
            env={"MICROPYPATH": str(self.folder)},
            start_new_session=True,
        )
        os.close(device)

    def _run(self) -> None:
        while not self._closing:
            if self._program is not None and self._program.poll() is not None:
                self._end_program()  # MAINTAIN, or it failed: the prompt
            ends = [self._master] + ([self._inner] if self._program is not None else [])
            ready = select.select(ends, [], [], 0.02)[0]
            if self._inner in ready and self._program is not None:
                with contextlib.suppress(OSError):
                    os.write(self._master, os.read(self._inner, 65536))
            if self._master in ready:
                data = os.read(self._master, 65536)
                if self._program is not None:
                    with contextlib.suppress(OSError):
                        os.write(self._inner, data)
                else:
                    self._take(data)

    def _take(self, data: bytes) -> None:
        self._held += data
        while self._held and self._one():
            pass

    def _one(self) -> bool:
        """One control character or script of what came; whether there may be more."""
        held = self._held
        if not self._raw:
            _, found, self._held = held.partition(b"\x01")
            self._raw = bool(found)
            os.write(self._master, BANNER if found else b"")
            return self._raw
        if held[:1] == b"\x05" and PASTE.startswith(held[: len(PASTE)]):
            return self._paste(held)
        if held[:1] == b"\x02":
            self._raw = False
        elif held[:1] == b"\x01":
            os.write(self._master, BANNER)
        self._held = held[1:]
        return True

    def _paste(self, held: bytes) -> bool:
        """Raw paste: open the window when it is asked for, run the script when its end has come."""
        if b"\x03" in held:  # an interrupt gives the paste up
            self._pasting = False
            self._held = held.partition(b"\x03")[2]
            return True
        if held == PASTE and not self._pasting:
            self._pasting = True
            os.write(self._master, WINDOW)
        script, end, rest = held[len(PASTE) :].partition(b"\x04")
        if not end:
            return False
        self._pasting = False
        self._held = rest
        os.write(self._master, b"\x04")
        self._execute(script)
        return True

    def _execute(self, script: bytes) -> None:
        script = self.spoil(script)
        if self._prompt is None:
            driver = Path(__file__).with_name("prompt_driver.py")
            self._prompt = subprocess.Popen(
                [self._micropython, str(driver)], cwd=self.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        assert self._prompt.stdin is not None
        assert self._prompt.stdout is not None
        self._prompt.stdin.write(struct.pack("<I", len(script)) + script)
        self._prompt.stdin.flush()
        ends = 0
        while ends < 2:
            byte = os.read(self._prompt.stdout.fileno(), 4096)
            if not byte:  # machine.reset()
                self._boot()
                return
            ends += byte.count(b"\x04")
            os.write(self._master, byte)
        os.write(self._master, b">")

    def _end_program(self) -> None:
        if self._program is not None:
            self._program.kill()
            self._program.wait()
            os.close(self._inner)
            self._program = None

    def _end_prompt(self) -> None:
        if self._prompt is not None:
            assert self._prompt.stdin is not None
            assert self._prompt.stdout is not None
            self._prompt.stdin.close()
            self._prompt.wait()
            self._prompt.stdout.close()
            self._prompt = None
