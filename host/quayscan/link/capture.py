"""`CaptureLink`: writes a session down while it happens, one JSON object a line, for `replay:FILE`."""

from __future__ import annotations

import json
from pathlib import Path

from ..errors import UsageError
from .link import Link


class CaptureLink:
    """Another link, with every byte that passes also written to a file.

    Each line is `{"dir": "out" | "in", "hex": "..."}`, in the order of the session.

    Raises
    ------
    UsageError
        The file exists already or cannot be written.
    """

    def __init__(self, link: Link, path: str | Path) -> None:
        self.name = link.name
        self.details = link.details
        self._link = link
        try:
            self._file = open(path, "x", encoding="ascii")  # noqa: SIM115 (closed with the link)
        except OSError as exc:
            raise UsageError(f"capture file {path}: {exc.strerror}: name a file that does not exist") from exc

    def write(self, data: bytes) -> None:
        """Send and note."""
        self._note("out", data)
        self._link.write(data)

    def read(self, timeout_s: float) -> bytes:
        """Receive and note."""
        data = self._link.read(timeout_s)
        if data:
            self._note("in", data)
        return data

    def close(self) -> None:
        """Close both."""
        self._link.close()
        self._file.close()

    def _note(self, direction: str, data: bytes) -> None:
        json.dump({"dir": direction, "hex": data.hex()}, self._file)
        self._file.write("\n")
