"""The child process of hdf5.py: reads one file after the other with h5py until its input ends."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

from ..errors import InputError
from .dataset_bytes import pack
from .hdf5 import REPLY, REQUEST
from .hdf5_read import read_hdf5

_MEMORY = 3 * 2**30
"""Address space in bytes, where the system can limit it."""


def main() -> None:
    """Answer requests on stdin with replies on stdout."""
    _limit_memory()
    reply = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what a library prints is no reply
    while head := sys.stdin.buffer.read(struct.calcsize(REQUEST)):
        path_length, length = struct.unpack(REQUEST, head)
        path = Path(sys.stdin.buffer.read(path_length).decode("utf-8", "surrogateescape"))
        good, body = _answer(path, sys.stdin.buffer.read(length))
        reply.write(struct.pack(REPLY, good, len(body)) + body)
        reply.flush()


def _answer(path: Path, data: bytes) -> tuple[int, bytes]:
    try:
        return 1, pack(read_hdf5(path, data))
    except InputError as exc:
        text = str(exc)
        return 0, (text if text.startswith(str(path)) else f"{path}: {text}").encode("utf-8", "surrogateescape")


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    main()
