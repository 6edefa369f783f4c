"""HDF5 at the border: read by a process beside this one.

The HDF5 library can loop for ever inside C on a damaged file (seen with HDF5 of h5py 3.16: one changed byte of 12,209),
where no exception or signal handler reaches it. So h5py runs in a child that is ended when it takes too long, and a
crash there is an error here. The child stays for the next file.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import struct
import subprocess
import sys
import threading
from functools import lru_cache
from pathlib import Path

from ..errors import FileFormatError
from .dataset import Dataset
from .dataset_bytes import unpack

LIMIT_S = 15.0
"""Longer than any file of the permitted size takes, with the child's start-up on a busy machine."""

REQUEST, REPLY = "<QQ", "<BQ"
"""Lengths of path and data; 1 for data sets or 0 for an error's text, and its length."""


def parse_hdf5(path: Path, data: bytes) -> list[Dataset]:
    """The data sets of a NeXus or CHARISMA file.

    Raises
    ------
    FileFormatError
        h5py is not installed, the file is damaged, or it follows neither convention.
    """
    require_h5py(path)
    return _child(os.getpid()).read(path, data)


def require_h5py(path: Path) -> None:
    """Raise a FileFormatError that names the extra when h5py is not installed."""
    if importlib.util.find_spec("h5py") is None:
        raise FileFormatError(f"{path}: NeXus and CHARISMA need h5py: pip install 'quayscan[formats]'")


@lru_cache(maxsize=1)
def _child(_pid: int) -> _Child:
    """The child of this process: one that was forked makes its own."""
    child = _Child()
    atexit.register(child.end)
    return child


class _Child:
    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, path: Path, data: bytes) -> list[Dataset]:
        with self._lock:
            process = self._running()
            watchdog = threading.Timer(LIMIT_S, process.kill)
            watchdog.start()
            try:
                good, body = _exchange(process, str(path).encode("utf-8", "surrogateescape"), data)
            except (OSError, EOFError) as exc:
                self.end()
                raise FileFormatError(
                    f"{path}: the HDF5 library failed on the file or took over {LIMIT_S:g} s: it is damaged,"
                    " export it again"
                ) from exc
            finally:
                watchdog.cancel()
        if not good:
            raise FileFormatError(body.decode("utf-8", "surrogateescape"))
        return unpack(body)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            places = os.pathsep.join(place for place in sys.path if place)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "quayscan.formats.hdf5_child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": places},
            )
        return self._process

    def end(self) -> None:
        """Stop the child, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _exchange(process: subprocess.Popen[bytes], path: bytes, data: bytes) -> tuple[bool, bytes]:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    process.stdin.write(struct.pack(REQUEST, len(path), len(data)) + path + data)
    process.stdin.flush()
    head = process.stdout.read(struct.calcsize(REPLY))
    if len(head) < struct.calcsize(REPLY):
        raise EOFError
    good, length = struct.unpack(REPLY, head)
    body = process.stdout.read(length)
    if len(body) < length:
        raise EOFError
    return bool(good), body
